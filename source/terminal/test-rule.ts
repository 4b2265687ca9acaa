import { TuttiError } from '../protocol/rpc.ts';
import { rowDimness, rowText } from './read-text.ts';
import type { ScreenRegion, ScreenRule } from './screen-rule.ts';
import type { Core, CoreLine } from './xterm-core.ts';

/** Whether a rule holds on the screen as it is now. A pattern that is no regular expression is the caller's fault and says so. */
export function testRule(core: Core, rule: ScreenRule): boolean {
  if ('all' in rule) return rule.all.every(each => testRule(core, each));
  if ('any' in rule) return rule.any.some(each => testRule(core, each));
  if ('not' in rule) return !testRule(core, rule.not);
  const lines = regionLines(core, rule.region ?? 'screen');
  if ('matchText' in rule) return pattern(rule.matchText, 'u').test(lines.map(rowText).join('\n'));
  const { match, dim } = rule;
  if (dim === undefined) return lines.some(line => pattern(match, 'u').test(rowText(line)));
  return lines.some(line => matchesDim(line, { match, dim }));
}

/** Some match whose cells that show anything are all dim, or none of them. */
function matchesDim(line: CoreLine, { match, dim }: { readonly match: string; readonly dim: boolean }): boolean {
  let dimness: readonly (boolean | undefined)[] | undefined;
  for (const found of rowText(line).matchAll(pattern(match, 'gu'))) {
    dimness ??= rowDimness(line);
    const shown = dimness.slice(found.index, found.index + found[0].length).filter(cell => cell !== undefined);
    if (shown.length > 0 && shown.every(cell => cell === dim)) return true;
  }
  return false;
}

function regionLines(core: Core, region: ScreenRegion): readonly CoreLine[] {
  const buffer = core.buffers.active;
  const lines: CoreLine[] = [];
  for (let y = 0; y < core.rows; y++) {
    const line = buffer.lines.get(buffer.ybase + y);
    if (line) lines.push(line);
  }
  if (region === 'screen') return lines;
  if (region === 'cursorRow') return lines.slice(buffer.y, buffer.y + 1);
  if ('top' in region) return lines.slice(0, region.top);
  const end = lines.findLastIndex(line => rowText(line) !== '') + 1;
  return lines.slice(Math.max(0, end - region.bottom), end);
}

/** Rules are few and come again and again; a bound keeps odd callers from filling the memory. */
const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 512;

function pattern(source: string, flags: 'u' | 'gu'): RegExp {
  const key = `${flags}/${source}`;
  let compiled = patterns.get(key);
  if (!compiled) {
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    try {
      compiled = new RegExp(source, flags);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new TuttiError(
        'usage',
        `The screen rule's pattern is no regular expression: ${why}. Correct the pattern.`,
        {
          cause,
        },
      );
    }
    patterns.set(key, compiled);
  }
  return compiled;
}
