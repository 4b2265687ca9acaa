import { defineCommand } from './command.ts';
import { clientEnvironment, scopeOf } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const undo = defineCommand({
  name: 'undo',
  positionals: '[session]',
  summary: 'takes a kill back, ignored files too',
  examples: ['tutti undo', 'tutti undo 7k2m'],
  arguments: { session: 'id or title; without it the last one that was killed here' },
  options: {
    all: { type: 'boolean', describe: 'the last one that was killed in any repository' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, all, json }) =>
    withClient(context, async client => {
      const view = await client.request('session/undo', {
        operation: client.operation(),
        ...(session === undefined ? {} : { session }),
        env: clientEnvironment(context),
        scope: scopeOf(context, all),
      });
      if (json) context.terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
      else context.terminal.out(`brought back ${nameOf(view)}: ${stateOf(view)}\n`);
      return undefined;
    }),
});
