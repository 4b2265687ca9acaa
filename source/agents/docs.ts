import type { Agent } from './agent.ts';
import { AGENTS } from './index.ts';
import { FACTS, type Fact, isUnseen, SOURCES, sourcesFor } from './sources.ts';

/** Between these lines docs/agents.md is made of the adapters; the rest of it is written by hand. */
export const BEGIN = '<!-- Made of the adapters by `npm run docs`; don’t edit. -->';
export const END = '<!-- Up to here. -->';

/** The document with its tables as the adapters are now. */
export function withAgentTables(document: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`docs/agents.md has no lines ${BEGIN} and ${END} any more`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${tables()}\n\n${document.slice(end)}`;
}

function tables(): string {
  return [programs(), SAID, facts(), legend()].join('\n\n');
}

const SAID =
  'By what tutti knows each fact of it, or does it: the first source owns it, the others stand in where that is silent. *(doc)*: documented only, never seen by running the program here.';

function programs(): string {
  return table([
    ['', 'seen with', 'modes, the first where you name none', 'let go', 'its login is told by', 'what it cannot'],
    ...AGENTS.map(agent => [
      titleOf(agent),
      agent.seenWith ?? '–',
      agent.permissionModes.map(mode => `\`${mode}\``).join(' ') || '–',
      agent.cannot.letGo ? 'no' : 'yes',
      loginOf(agent),
      cannotOf(agent),
    ]),
  ]);
}

function loginOf({ detect: { program, login } }: Agent): string {
  if (!login) return '–';
  const { asked, variables = [], files } = login;
  const told = [
    ...(asked ? [[program, ...asked.args].join(' ')] : []),
    ...variables,
    ...(files?.({ HOME: '~' }) ?? []),
  ];
  return told.map(by => `\`${by}\``).join(' ');
}

function cannotOf({ cannot }: Agent): string {
  return Object.values(cannot).join('; ') || '–';
}

function facts(): string {
  return table([
    ['', ...AGENTS.map(titleOf)],
    ...(Object.keys(FACTS) as Fact[]).map(fact => [FACTS[fact], ...AGENTS.map(agent => cellOf(agent, fact))]),
  ]);
}

function cellOf({ sources }: Agent, fact: Fact): string {
  const told = sourcesFor(sources, fact);
  if (told.length === 0) return '–';
  return `${told.join(', ')}${isUnseen(sources, fact) ? ' *(doc)*' : ''}`;
}

function legend(): string {
  return Object.entries(SOURCES)
    .filter(([source]) => source !== 'none')
    .map(([source, meaning]) => `- **${source}**: ${meaning}`)
    .join('\n');
}

function titleOf({ kind }: Agent): string {
  return kind === 'command' ? 'yours' : `\`${kind}\``;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
