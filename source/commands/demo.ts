import { join } from 'node:path';
import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';
import { type Client, type Context, clientEnvironment } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const demo = defineCommand({
  name: 'demo',
  positionals: '',
  summary: 'shows a small fleet of demo agents at work, offline, in a scratch repository',
  details:
    'The agents only play: no model is asked, and nothing of yours is touched. Started again it shows the same fleet as it is now;\nwith --again that one is ended and a fresh one made. tutti undo <session> still brings back what was ended.',
  examples: ['tutti demo', 'tutti demo --again', 'tutti demo --no-open && tutti ls --all'],
  arguments: {},
  options: {
    again: { type: 'boolean', describe: 'a fresh repository and fleet; asks before it ends the one that is there' },
    yes: { type: 'boolean', alias: 'y', describe: 'with --again: do not ask' },
    open: { type: 'boolean', default: true, describe: 'open the screen on it (--no-open only starts it)' },
    json: { type: 'boolean', describe: 'as JSON, without the screen' },
  },
  run: async (context, { again, yes, open, json }) => {
    const { terminal } = context;
    if (again) await endDemo(context, yes);
    const { root, views } = await makeDemo(context, { again });
    if (json) terminal.out(`${JSON.stringify(views.map(sessionJson), undefined, 2)}\n`);
    else if (open && terminal.outputIsTerminal && terminal.inputIsTerminal)
      return context.faces.fleet({ context, path: root });
    else {
      for (const view of views) terminal.out(`${nameOf(view)}\n`);
      terminal.err(`They work in ${root}; tutti ${root} shows them.\n`);
    }
    return undefined;
  },
});

/** The scratch repository and its fleet, also for the screen's own key. */
export async function makeDemo(
  context: Context,
  { again = false }: { readonly again?: boolean | undefined } = {},
): Promise<{ readonly root: string; readonly views: readonly SessionView[] }> {
  const { makeScratchRepository } = await import('../demo/scratch-repository.ts');
  const root = makeScratchRepository({ parent: demoFolder(context), env: context.system.env, again });
  return { root, views: await withClient(context, client => startFleet(context, client, root)) };
}

/** Ends what still stands in the demo that is there; all of it is kept, as with every kill. */
async function endDemo(context: Context, yes: boolean | undefined): Promise<void> {
  const { findScratchRepository } = await import('../demo/scratch-repository.ts');
  const path = findScratchRepository(demoFolder(context));
  if (path === undefined) return;
  await withClient(context, async client => {
    const { sessions } = await client.request('fleet/list', { path });
    const standing = sessions.filter(view => view.refused.kill === undefined);
    if (standing.length > 0 && !yes) await askToEnd(context, standing.length);
    for (const { session } of standing) {
      await client.request('session/kill', { operation: client.operation(), session: session.id });
    }
    context.terminal.err(`The demo before stays in ${path} until you delete that folder.\n`);
  });
}

async function askToEnd({ terminal }: Context, count: number): Promise<void> {
  if (!terminal.inputIsTerminal)
    throw new TuttiError('usage', 'tutti demo: --again needs --yes where nobody can be asked.');
  const what = count === 1 ? 'the one session' : `the ${count} sessions`;
  if (await terminal.ask(`End ${what} of the demo and make a fresh one? Their work is kept. [y/N] `)) return;
  throw new TuttiError('cancelled', 'The demo is as it was.');
}

function demoFolder({ paths }: Context): string {
  return join(paths.data, 'demo');
}

/** The fleet that an earlier demo has started is shown again, unless all of it was killed. */
async function startFleet(context: Context, client: Client, path: string): Promise<readonly SessionView[]> {
  const { DEMO_SESSIONS } = await import('../demo/fleet.ts');
  const fleet = await client.request('fleet/list', { path });
  const alive = fleet.sessions.filter(view => view.refused.kill === undefined);
  if (alive.length > 0) return alive;
  const views: SessionView[] = [];
  for (const session of DEMO_SESSIONS) {
    const operation = client.operation();
    views.push(
      await client.request('session/create', { ...session, operation, path, env: clientEnvironment(context) }),
    );
  }
  return views;
}
