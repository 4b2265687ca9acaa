import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { eachSession } from './each-session.ts';
import { withClient } from './with-client.ts';

export const kill = defineCommand({
  name: 'kill',
  positionals: '[sessions..]',
  summary: 'ends sessions; all of their work is kept, and undo brings it back',
  examples: ['tutti kill 7k2m', 'tutti kill --all --yes'],
  arguments: { sessions: 'ids or titles' },
  options: {
    all: { type: 'boolean', describe: 'every session of every repository' },
    yes: { type: 'boolean', alias: 'y', describe: 'with --all: do not ask' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: async (context, { sessions, all, yes, json }) => {
    if ((sessions.length === 0) !== (all === true))
      throw new TuttiError('usage', 'tutti kill: it needs sessions, or --all. See tutti kill --help.');
    const killed = all ? await everySession(context, yes) : sessions;
    if (killed.length === 0 && !json) {
      context.terminal.out('No sessions to kill.\n');
      return undefined;
    }
    return eachSession(context, {
      sessions: killed,
      json,
      done: 'killed',
      act: (client, session) => client.request('session/kill', { operation: client.operation(), session }),
      hint: ({ session: { id, life } }) =>
        life.name === 'discarded' ? 'it was not made yet, so nothing is kept' : `tutti undo ${id} brings it back`,
      sum: views => {
        const ids = views.filter(({ session }) => session.life.name !== 'discarded').map(({ session }) => session.id);
        return ids.length > 1 ? `all of them: tutti undo ${ids.join(' ')}` : undefined;
      },
    });
  },
});

async function everySession(context: Context, yes: boolean | undefined): Promise<readonly string[]> {
  const fleet = await withClient(context, client => client.request('fleet/list', { all: true }));
  const alive = fleet.sessions
    .filter(({ session }) => session.life.name !== 'killing' && session.life.name !== 'discarding')
    .map(view => view.session.id);
  if (alive.length === 0 || yes) return alive;
  if (!context.terminal.inputIsTerminal)
    throw new TuttiError('usage', 'tutti kill: --all needs --yes where nobody can be asked.');
  if (
    await context.terminal.ask(
      `Kill ${alive.length === 1 ? 'the one session' : `all ${alive.length} sessions`} of all repositories? [y/N] `,
    )
  )
    return alive;
  throw new TuttiError('cancelled', 'Nothing was killed.');
}
