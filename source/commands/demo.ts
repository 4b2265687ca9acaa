import { join } from 'node:path';
import type { SessionView } from '../protocol/daemon.ts';
import { defineCommand } from './command.ts';
import { type Client, type Context, clientEnvironment } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const demo = defineCommand({
  name: 'demo',
  positionals: '',
  summary: 'shows a small fleet of demo agents at work, offline, in a scratch repository',
  details: 'The agents only play: no model is asked, and nothing of yours is touched. tutti kill ends them.',
  examples: ['tutti demo', 'tutti demo --no-open && tutti ls --all'],
  arguments: {},
  options: {
    open: { type: 'boolean', default: true, describe: 'open the screen on it (--no-open only starts it)' },
    json: { type: 'boolean', describe: 'as JSON, without the screen' },
  },
  run: async (context, { open, json }) => {
    const { root, views } = await makeDemo(context);
    const { terminal } = context;
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
): Promise<{ readonly root: string; readonly views: readonly SessionView[] }> {
  const { makeScratchRepository } = await import('../demo/scratch-repository.ts');
  const root = makeScratchRepository({ parent: join(context.paths.data, 'demo'), env: context.system.env });
  return { root, views: await withClient(context, client => startFleet(context, client, root)) };
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
