import type { Pane, SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { readBundle } from '../system/bundle.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { paneOf } from './pane-of.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const screen = defineCommand({
  name: 'screen',
  positionals: '<session>',
  summary: 'prints what stands on the screen of a session, as text',
  examples: ['tutti screen 7k2m', 'tutti screen 7k2m --scrollback 200 --json'],
  arguments: { session: 'id or title' },
  options: {
    scrollback: { type: 'number', requiresArg: true, describe: 'that many lines above the screen too' },
    pane: { type: 'string', requiresArg: true, describe: 'agent-1, shell-1, check-2, …; else the newest of the agent' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, scrollback = 0, pane: name, json }) =>
    withClient(context, async client => {
      const { terminal } = context;
      const view = await client.request('session/show', { session });
      const pane = paneOf(view, name);
      const { lines, live } = await readLines(context, { view, pane, scrollback });
      const shown = lines.map(line => plain(line).trimEnd());
      while (shown.at(-1) === '') shown.pop();
      if (json)
        terminal.out(
          `${JSON.stringify({ session: view.session.id, pane: pane.name, live, lines: shown }, undefined, 2)}\n`,
        );
      else terminal.out(shown.map(line => `${line}\n`).join(''));
      return undefined;
    }),
});

/** From the host; where it is gone, the last lines that it has left. */
async function readLines(
  context: Context,
  {
    view,
    pane: { bundle, name },
    scrollback,
  }: { readonly view: SessionView; readonly pane: Pane; readonly scrollback: number },
): Promise<{ readonly lines: readonly string[]; readonly live: boolean }> {
  try {
    const host = await context.host(bundle);
    try {
      return { lines: await host.readScreen(scrollback), live: true };
    } finally {
      host.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof TuttiError) || thrown.kind !== 'notFound') throw thrown;
    const { exit } = readBundle(bundle);
    if (!exit)
      throw new TuttiError(
        'notFound',
        `The program of ${name} of ${nameOf(view)} is gone and has left no screen; tutti logs prints its output.`,
      );
    return { lines: exit.lastLines, live: false };
  }
}
