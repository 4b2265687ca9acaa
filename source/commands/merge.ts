import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';
import { clientEnvironment } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const merge = defineCommand({
  name: 'merge',
  positionals: '<session>',
  summary: 'merges what is ready for review into its base branch, here',
  details: 'Refused where the branch has moved since; with --commit it is bound to the commit that you have seen.',
  examples: ['tutti merge 7k2m --commit 4f2c91e'],
  arguments: { session: 'id or title' },
  options: {
    commit: { type: 'string', requiresArg: true, describe: 'only if this is what is ready' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, commit, json }) =>
    withClient(context, async client => {
      const seen = await client.request('session/show', { session });
      const bound = commit ?? seen.session.run?.readyCommit;
      if (bound === undefined)
        throw new TuttiError(
          'conflict',
          `${nameOf(seen)} can't be merged: only what is ready for review can be merged.`,
        );
      const view = await client.request('branch/merge', {
        operation: client.operation(),
        session: seen.session.id,
        env: clientEnvironment(context),
        commit: bound,
      });
      if (json) context.terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
      else context.terminal.out(`${nameOf(view)} ${stateOf(view)}\n`);
      return undefined;
    }),
});
