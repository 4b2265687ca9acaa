import { defineCommand } from './command.ts';
import { withClient } from './with-client.ts';

export const wrong = defineCommand({
  name: 'wrong',
  positionals: '<session>',
  summary: 'keeps the screen and the evidence of a session whose status is wrong, for a report or a rule',
  details: `Nothing is sent anywhere. What is kept has in it what stands on the screen:
look at it before you give it to somebody.`,
  examples: ['tutti wrong 7k2m', 'tutti wrong 7k2m --note "it asks, but is shown as working"'],
  arguments: { session: 'id or title' },
  options: {
    note: { type: 'string', requiresArg: true, describe: 'what is wrong' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, note, json }) =>
    withClient(context, async client => {
      const { folder } = await client.request('session/wrong', { session, ...(note === undefined ? {} : { note }) });
      context.terminal.out(json ? `${JSON.stringify({ folder })}\n` : `${folder}\n`);
      return undefined;
    }),
});
