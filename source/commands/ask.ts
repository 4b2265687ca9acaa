import { defineCommand } from './command.ts';
import { withClient } from './with-client.ts';

export const ask = defineCommand({
  name: 'ask',
  positionals: '<question> [choices..]',
  summary: 'asks the user, for the agent of a session, and prints the answer',
  details:
    'For agents, in their own session: it needs you with the question and its choices, at most 9 (yes and no without any), and you\nanswer in the inbox or by tutti answer. Waits until then, also over a restart of the daemon; who ends it asks nothing any more.',
  examples: ['tutti ask "Drop the old table?"', 'tutti ask "Which package manager?" npm pnpm yarn'],
  arguments: { question: 'what is asked', choices: 'what can be answered' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { question, choices, json }) =>
    withClient(context, async client => {
      const asked = { operation: client.operation(), question, choices, askedAt: context.system.now() };
      const { choice } = await client.request('session/ask', asked);
      context.terminal.out(json ? `${JSON.stringify(choice, undefined, 2)}\n` : `${choice.label}\n`);
      return undefined;
    }),
});
