import { sourceWords } from '../session/source-words.ts';
import { age } from '../text/age.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const why = defineCommand({
  name: 'why',
  positionals: '<session>',
  summary: 'says why a session has its status: by whose word, and how old that is',
  examples: ['tutti why 7k2m'],
  arguments: { session: 'id or title' },
  options: {
    history: { type: 'boolean', describe: 'what has happened to it and what its program reported, too' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, history, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      const found = await client.request('session/why', { session });
      if (json) {
        terminal.out(
          `${JSON.stringify({ ...found, view: undefined, session: sessionJson(found.view) }, undefined, 2)}\n`,
        );
        return undefined;
      }
      const ago = (at: number) => `${age(Math.max(0, system.now() - at))} ago`;
      terminal.out(
        `${nameOf(found.view)}\n${stateOf(found.view).replace(/\.$/, '')}, since ${ago(found.view.since)}\n`,
      );
      for (const line of found.lines)
        terminal.out(
          `  ${plain(sourceWords(line.source))}: ${plain(line.claim)}, ${ago(line.at)}${line.agrees ? '' : ', does not agree'}\n`,
        );
      if (history)
        for (const event of found.history) terminal.out(`${ago(event.at).padStart(8)}  ${plain(event.text)}\n`);
      return undefined;
    }),
});
