import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';
import { historyJson } from './history-json.ts';
import { historyText } from './history-text.ts';
import { withClient } from './with-client.ts';

/** For people; scripts get all. */
const LAST = 20;

export const history = defineCommand({
  name: 'history',
  positionals: '<session>',
  summary: "prints what was asked of a session and what came of it, from its agent's own record",
  details:
    'Also of ended and killed sessions, and of agents that leave no scrollback. For each turn: when it was asked, the prompt, the\ntools, and what the agent said last. tutti keeps nothing of it: where the agent has thrown its record away, there is no history.',
  examples: ['tutti history 7k2m', 'tutti history 7k2m --json | jq .turns[-1].said'],
  arguments: { session: 'id or title' },
  options: {
    last: {
      type: 'number',
      alias: 'n',
      requiresArg: true,
      describe: `only so many turns, the newest; ${LAST} without it`,
    },
    json: { type: 'boolean', describe: 'as JSON, with all turns' },
  },
  run: (context, { session, last, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      if (last !== undefined && !(Number.isInteger(last) && last > 0))
        throw new TuttiError('usage', 'tutti history: --last takes a whole number from 1 on.');
      const wanted = last ?? (json ? undefined : LAST);
      const found = await client.request('session/history', {
        session,
        ...(wanted === undefined ? {} : { last: Math.min(wanted, 10_000) }),
      });
      if (json) {
        terminal.out(`${JSON.stringify(historyJson(found), undefined, 2)}\n`);
        return undefined;
      }
      terminal.out(historyText(found, system.now()));
      return undefined;
    }),
});
