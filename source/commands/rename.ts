import { defineCommand } from './command.ts';
import { eachSession } from './each-session.ts';

export const rename = defineCommand({
  name: 'rename',
  positionals: '<session> <title>',
  summary: 'gives a session another title; its branch keeps its name',
  examples: ['tutti rename 7k2m "Fix the cart for good"'],
  arguments: { session: 'id or title', title: 'the new title' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { session, title, json }) =>
    eachSession(context, {
      sessions: [session],
      json,
      done: 'renamed',
      act: (client, name) => client.request('session/rename', { operation: client.operation(), session: name, title }),
    }),
});
