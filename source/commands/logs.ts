import { existsSync } from 'node:fs';
import { TuttiError } from '../protocol/rpc.ts';
import { readOutputTail, SEGMENT_BYTES, SEGMENTS } from '../system/output-segments.ts';
import { plainLines } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { paneOf } from './pane-of.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const logs = defineCommand({
  name: 'logs',
  positionals: '<session>',
  summary: 'prints the output that a session has kept, the last 12 to 16 MB',
  details:
    'Read from disk, so that it is there when the program and its host are gone. As plain text, unless --raw is given.',
  examples: ['tutti logs 7k2m --lines 100', 'tutti logs 7k2m --raw > session.bytes'],
  arguments: { session: 'id or title' },
  options: {
    lines: { type: 'number', alias: 'n', requiresArg: true, describe: 'only the last lines' },
    pane: { type: 'string', requiresArg: true, describe: 'agent-1, shell-1, check-2, …; else the newest of the agent' },
    raw: { type: 'boolean', describe: 'the bytes as they came, escape sequences too; not onto a terminal' },
  },
  run: (context, { session, lines, pane: name, raw }) =>
    withClient(context, async client => {
      const { terminal } = context;
      if (raw && terminal.outputIsTerminal)
        throw new TuttiError(
          'usage',
          'tutti logs: --raw would let the agent write into your terminal; send it to a file or a pipe.',
        );
      const view = await client.request('session/show', { session });
      const { bundle, name: pane } = paneOf(view, name);
      if (!existsSync(bundle))
        throw new TuttiError(
          'notFound',
          `The output of ${pane} of ${nameOf(view)} is gone: its folder ${bundle} was removed.`,
        );
      const { bytes } = readOutputTail(bundle, SEGMENT_BYTES * SEGMENTS);
      if (raw) terminal.outBytes(bytes);
      else {
        const all = plainLines(bytes.toString('utf8'));
        if (all.at(-1) === '') (all as string[]).pop();
        terminal.out((lines === undefined ? all : all.slice(-lines)).map(line => `${line.trimEnd()}\n`).join(''));
      }
      return undefined;
    }),
});
