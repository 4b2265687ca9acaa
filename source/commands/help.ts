import type { Command } from './command.ts';
import { COMMANDS } from './table.ts';

/** `tutti --help`. */
export async function helpOfAll(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map(load => load()));
  const rows = commands.map((command): [string, string] => [command.name, command.summary]);
  return `tutti [path]               opens the fleet of the repository there, full-screen
tutti <command> [options]

${columns(rows)}

tutti <command> --help tells more. A session is named by its id, by the beginning or end of it (4 characters at least), or by
its title; where several have that, the one in the repository that one stands in is meant.
Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 not supported here, 130 interrupted.
`;
}

/** `tutti <command> --help`. */
export function helpOf(command: Command): string {
  const { name, positionals, summary, details, examples, options } = command;
  const parts = [
    `tutti ${[name, positionals, Object.keys(options).length > 0 ? '[options]' : ''].filter(Boolean).join(' ')}`,
    sentenceCase(summary),
    ...(details ? [details] : []),
    ...section('Arguments', Object.entries(command.arguments)),
    ...section(
      'Options',
      Object.entries(options).map(([option, { alias, describe, type, choices }]) => {
        const short = typeof alias === 'string' ? `-${alias}, ` : '';
        const value = type === 'boolean' ? '' : ` <${choices ? choices.join('|') : type === 'number' ? 'n' : 'text'}>`;
        return [`${short}--${option}${value}`, describe ?? ''];
      }),
    ),
    `For example:\n${examples.map(example => `  ${example}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : [`${title}:\n${columns(rows)}`];
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
