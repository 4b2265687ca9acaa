import { TuttiError } from '../protocol/rpc.ts';
import type { Turn } from '../session/history.ts';
import { endWord, toolWords, usageWords } from '../session/history-words.ts';
import { age } from '../text/age.ts';
import { plain, plainLines } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { historyJson } from './history-json.ts';
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
      if (!found.history) throw new TuttiError('notFound', found.why ?? `There is no history of "${found.title}".`);
      const { turns, count } = found.history;
      terminal.out(`${found.id} "${plain(found.title)}", ${found.agent}\n${usageWords(found.history)}\n`);
      if (turns.length < count) terminal.out(`the last ${turns.length} of them:\n`);
      for (const turn of turns) terminal.out(`\n${turnLines(turn, system.now()).join('\n')}\n`);
      return undefined;
    }),
});

/** When and what was asked, then what came of it, indented. */
function turnLines(turn: Turn, now: number): readonly string[] {
  const when = turn.at === undefined ? '' : `${age(Math.max(0, now - turn.at))} ago`;
  const tools = plain(toolWords(turn));
  const end = endWord(turn);
  const [first = '', ...more] = plainLines(turn.prompt);
  return [
    `${when.padStart(8)}  > ${first}`,
    ...more.map(line => indented(`> ${line}`)),
    ...(tools === '' ? [] : [`        · ${tools}`]),
    ...(turn.said === undefined ? [] : plainLines(turn.said).map(indented)),
    ...(end === '' ? [] : [`        ! ${end}`]),
  ];
}

function indented(line: string): string {
  return `          ${line}`.trimEnd();
}
