import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { withClient } from './with-client.ts';

export const diff = defineCommand({
  name: 'diff',
  positionals: '<session>',
  summary: 'prints what a session has changed against its base, untracked files too',
  examples: ['tutti diff 7k2m | less -R', 'tutti diff 7k2m | git apply'],
  arguments: { session: 'id or title' },
  options: { json: { type: 'boolean', describe: 'as JSON, with base and head' } },
  run: (context, { session, json }) =>
    withClient(context, async client => {
      const { terminal } = context;
      const found = await client.request('session/diff', { session });
      if (json) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
      // A file or a pipe gets the patch byte by byte; a terminal gets no escape that an agent wrote.
      else if (!terminal.outputIsTerminal) terminal.out(found.patch);
      else for (const line of found.patch.split('\n').slice(0, -1)) terminal.out(`${paint(line, terminal.colour)}\n`);
      if (found.truncated) terminal.err('The diff is longer than this; git in the worktree shows all of it.\n');
      return undefined;
    }),
});

function paint(line: string, colour: boolean): string {
  const text = plain(line.replaceAll('\t', '        '));
  const code = colour ? codeOf(line) : undefined;
  return code ? `\x1b[${code}m${text}\x1b[m` : text;
}

function codeOf(line: string): string | undefined {
  if (/^(diff |index |--- |\+\+\+ )/.test(line)) return '1';
  if (line.startsWith('@@')) return '36';
  if (line.startsWith('+')) return '32';
  if (line.startsWith('-')) return '31';
  return undefined;
}
