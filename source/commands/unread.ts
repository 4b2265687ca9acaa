import { statusWords } from '../session/snooze.ts';
import { defineCommand } from './command.ts';
import { eachSession } from './each-session.ts';

export const unread = defineCommand({
  name: 'unread',
  positionals: '<sessions..>',
  summary: 'marks the end of sessions as unread, as if you had not looked at it',
  examples: ['tutti unread 7k2m'],
  arguments: { sessions: 'ids or titles' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { sessions, json }) =>
    eachSession(context, {
      sessions,
      json,
      done: 'marked as unread',
      act: (client, session) => client.request('session/unsee', { operation: client.operation(), session }),
      hint: statusWords,
    }),
});
