import { defineCommand } from './command.ts';
import { clientEnvironment } from './context.ts';
import { eachSession } from './each-session.ts';

export const resume = defineCommand({
  name: 'resume',
  positionals: '<sessions..>',
  summary: 'brings paused sessions back, worktree and agent',
  details: 'Where the branch has moved meanwhile it is refused, until --onto says what to do.',
  examples: ['tutti resume 7k2m', 'tutti resume 7k2m --onto branch'],
  arguments: { sessions: 'ids or titles' },
  options: {
    onto: {
      type: 'string',
      choices: ['branch', 'own'] as const,
      requiresArg: true,
      describe: 'branch: bring the folder onto where the branch is now; own: keep it on a branch of its own',
    },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { sessions, onto, json }) =>
    eachSession(context, {
      sessions,
      json,
      done: 'resumed',
      act: (client, session) =>
        client.request('session/resume', {
          operation: client.operation(),
          session,
          ...(onto === undefined ? {} : { onto }),
          env: clientEnvironment(context),
        }),
    }),
});
