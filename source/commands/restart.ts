import { defineCommand } from './command.ts';
import { clientEnvironment } from './context.ts';
import { eachSession } from './each-session.ts';

export const restart = defineCommand({
  name: 'restart',
  positionals: '<sessions..>',
  summary: 'starts agents again that have ended, with their conversation where they can',
  examples: ['tutti restart 7k2m'],
  arguments: { sessions: 'ids or titles' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { sessions, json }) =>
    eachSession(context, {
      sessions,
      json,
      done: 'restarted',
      act: (client, session) =>
        client.request('session/restart', {
          operation: client.operation(),
          session,
          env: clientEnvironment(context),
        }),
    }),
});
