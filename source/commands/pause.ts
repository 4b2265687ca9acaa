import { defineCommand } from './command.ts';
import { eachSession } from './each-session.ts';

export const pause = defineCommand({
  name: 'pause',
  positionals: '<sessions..>',
  summary: 'ends the agents, keeps all of their work, and frees their branches for a checkout elsewhere',
  examples: ['tutti pause 7k2m && git switch anna/fix-the-cart'],
  arguments: { sessions: 'ids or titles' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { sessions, json }) =>
    eachSession(context, {
      sessions,
      json,
      done: 'paused',
      act: (client, session) => client.request('session/pause', { operation: client.operation(), session }),
      hint: view => `${view.session.branch} is free`,
    }),
});
