import type { SearchHit } from '../protocol/records.ts';
import { excerptOf } from '../session/history-words.ts';
import { age } from '../text/age.ts';
import { cutEnd } from '../text/cut.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { scopeOf } from './context.ts';
import { turnJson } from './history-json.ts';
import { noSessionsHere, onlyElsewhere } from './no-sessions.ts';
import { withClient } from './with-client.ts';

export const search = defineCommand({
  name: 'search',
  positionals: '<words..>',
  summary: 'finds turns whose prompt or answer has all the words, the newest first',
  details:
    "In the agents' own records of the sessions of this repository, killed and ended ones too. Big and small letters are the same.\nOf an answer what the agent said last is looked through.\nA line has some 200 characters around the first word; --json has all.",
  examples: ['tutti search cart toggle', 'tutti search --all "rate limit" --json'],
  arguments: { words: 'what to look for' },
  options: {
    all: { type: 'boolean', describe: 'in all repositories' },
    json: { type: 'boolean', describe: 'as JSON, with the whole turns' },
  },
  run: (context, { words, all, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      const { hits } = await client.request('history/search', { scope: scopeOf(context, all), words });
      if (json)
        terminal.out(
          `${JSON.stringify(
            hits.map(hit => ({ ...hit, turn: turnJson(hit.turn) })),
            undefined,
            2,
          )}\n`,
        );
      else for (const hit of hits) terminal.out(`${hitLine(hit, words, system.now(), terminal.columns)}\n`);
      if (hits.length > 0 || json) return undefined;
      terminal.err(`No turn has all of: ${words.map(plain).join(', ')}.\n`);
      const elsewhere = all ? undefined : await onlyElsewhere(context, client);
      if (elsewhere) terminal.err(`${noSessionsHere(elsewhere, 'tutti search --all looks at all repositories')}\n`);
      return 3;
    }),
});

/** Where, when, and the text around the first of the words. */
function hitLine(hit: SearchHit, words: readonly string[], now: number, columns: number): string {
  const { at } = hit.turn;
  const when = at === undefined ? '' : age(Math.max(0, now - at));
  const around = excerptOf(hit.turn, words[0] ?? '');
  return cutEnd(`${hit.session}  ${when.padStart(4)}  ${cutEnd(plain(hit.title), 30)}: ${plain(around)}`, columns);
}
