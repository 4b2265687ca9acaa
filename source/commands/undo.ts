import type { SessionView } from '../protocol/daemon.ts';
import { defineCommand } from './command.ts';
import { type Client, clientEnvironment, scopeOf } from './context.ts';
import { eachSession } from './each-session.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const undo = defineCommand({
  name: 'undo',
  positionals: '[sessions..]',
  summary: 'takes a kill back, ignored files too',
  details:
    'Without a session it takes back one kill, the last one here; with --all the last one in any repository, and not all of them.\nSeveral come back by their ids, which tutti kill prints.',
  examples: ['tutti undo', 'tutti undo 7k2m', 'tutti undo 7k2m 9xw1'],
  arguments: { sessions: 'ids or titles; without them the last one that was killed here' },
  options: {
    all: { type: 'boolean', describe: 'the last one that was killed in any repository; only this one' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { sessions, all, json }) => {
    const env = clientEnvironment(context);
    const scope = scopeOf(context, all);
    const bringBack = (client: Client, session: string | undefined) => {
      const named = session === undefined ? {} : { session };
      return client.request('session/undo', { operation: client.operation(), ...named, env, scope });
    };
    if (sessions.length > 1)
      return eachSession(context, { sessions, json, done: 'brought back', act: bringBack, hint: standing });
    return withClient(context, async client => {
      const view = await bringBack(client, sessions[0]);
      if (json) context.terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
      else context.terminal.out(`brought back ${nameOf(view)}; ${standing(view)}\n`);
      return undefined;
    });
  },
});

/** An agent that has just been started has not told anything yet: "unknown" would sound as if something were wrong. */
function standing(view: SessionView): string {
  return view.status === 'unknown' ? 'its agent starts' : stateOf(view);
}
