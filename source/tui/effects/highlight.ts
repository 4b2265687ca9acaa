import { common, createLowlight } from 'lowlight';
import type { Line, Style, Tone } from '../text/line.ts';
import { span } from '../text/line.ts';

/** The parts of lowlight's tree that are looked at. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Node[];
}

const lowlight = createLowlight(common);

/** A line of source in its colours; undefined where the language of the file is not known. Costs about 0.1 ms. */
export function highlight(path: string, text: string, plain: Tone): Line | undefined {
  const language = languageOf(path);
  if (language === undefined) return undefined;
  return spansOf(lowlight.highlight(language, text.replaceAll('\t', '  ')).children as readonly Node[], plain);
}

export function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name;
  const alias = ALIASES[ending] ?? ending;
  return lowlight.registered(alias) ? alias : undefined;
}

/** Endings that lowlight doesn't know by themselves. */
const ALIASES: Readonly<Record<string, string>> = {
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  h: 'c',
  hpp: 'cpp',
};

function spansOf(nodes: readonly Node[], role: Tone): Line {
  return nodes.flatMap((node): Line => {
    if (node.type === 'text') return [span(node.value ?? '', styleOf(role))];
    return spansOf(node.children ?? [], toneOf(node.properties?.className) ?? role);
  });
}

function styleOf(role: Tone): Style {
  return role === 'plain' ? {} : { role };
}

/** Three tones are enough to read by: more would compete with what was added and removed. */
function toneOf(classes: unknown): Tone | undefined {
  const name = Array.isArray(classes) ? String(classes[0]) : '';
  if (/^hljs-(keyword|built_in|type|tag|name|selector)/.test(name)) return 'keyword';
  if (/^hljs-(string|number|literal|regexp|attr)/.test(name)) return 'string';
  return /^hljs-(comment|quote|doctag)/.test(name) ? 'comment' : undefined;
}
