import { symbolsFor } from '../tui/terminal/symbols.ts';
import { defineCommand } from './command.ts';
import { scopeOf } from './context.ts';
import { noSessionsHere } from './no-sessions.ts';
import { sessionJson } from './session-json.ts';
import { withClient } from './with-client.ts';

export const ls = defineCommand({
  name: 'ls',
  positionals: '',
  summary: 'lists the sessions of the repository that one stands in',
  examples: ['tutti ls --all', 'tutti ls --json | jq -r \'.[] | select(.status == "ready").branch\''],
  arguments: {},
  options: {
    all: { type: 'boolean', describe: 'the sessions of every repository' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { all, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      const fleet = await client.request('fleet/list', scopeOf(context, all));
      if (json) {
        terminal.out(`${JSON.stringify(fleet.sessions.map(sessionJson), undefined, 2)}\n`);
        return undefined;
      }
      // What measures texts costs a script's start a tenth.
      const { sessionRows } = await import('./session-row.ts');
      const everything = all ? fleet : await client.request('fleet/list', { all: true });
      const rows = sessionRows({
        views: fleet.sessions,
        ids: everything.sessions.map(view => view.session.id),
        now: system.now(),
        columns: terminal.columns,
        showRepository: all === true,
        symbols: symbolsFor('auto', system.env),
      });
      for (const row of rows) terminal.out(`${row}\n`);
      if (rows.length === 0) {
        const { length } = everything.sessions;
        terminal.err(`${noSessionsHere(length, `tutti ls --all shows ${length} of other repositories`)}\n`);
      }
      return undefined;
    }),
});
