import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { plain, plainLines } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { clientEnvironment } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const push = defineCommand({
  name: 'push',
  positionals: '<session>',
  summary: 'pushes the branch of a session, as it stands',
  details:
    'Refused where the branch has moved since; with --commit it is bound to the commit that you have seen. What is not committed is\nleft out, unless --message commits all of it first.',
  examples: ['tutti push 7k2m', 'tutti push 7k2m --commit 4f2c91e', 'tutti push 7k2m --message "Fix the cart"'],
  arguments: { session: 'id or title' },
  options: {
    commit: { type: 'string', requiresArg: true, describe: 'only if the branch is still there' },
    message: {
      type: 'string',
      alias: 'm',
      requiresArg: true,
      describe: 'commit all that is not committed first, as this',
    },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, commit, message, json }) =>
    withClient(context, async client => {
      const { terminal } = context;
      if (commit !== undefined && message !== undefined)
        throw new TuttiError('usage', 'tutti push: --commit takes what is there, so --message does not go with it.');
      const seen = await client.request('session/show', { session });
      const made =
        message === undefined
          ? undefined
          : await client.request('branch/commit', {
              operation: client.operation(),
              session: seen.session.id,
              env: clientEnvironment(context),
              message,
            });
      const pushed = await client.request('branch/push', {
        operation: client.operation(),
        session: seen.session.id,
        env: clientEnvironment(context),
        commit: commit ?? made?.commit ?? readyCommitOf(seen) ?? null,
      });
      if (json) {
        const { view, ...rest } = pushed;
        terminal.out(`${JSON.stringify({ ...rest, session: sessionJson(view) }, undefined, 2)}\n`);
        return undefined;
      }
      terminal.out(`pushed ${nameOf(pushed.view)}: ${plain(pushed.view.session.branch)} to ${plain(pushed.remote)}\n`);
      const left = pushed.uncommitted ?? 0;
      if (left > 0)
        terminal.err(`${left === 1 ? '1 file is' : `${left} files are`} not committed, and so not pushed.\n`);
      // The remote often says where to open a pull request.
      for (const line of plainLines(pushed.output)) if (line.trim() !== '') terminal.err(`${line}\n`);
      return undefined;
    }),
});

/** What a run has made ready goes as it was checked; else the branch goes as it stands. */
function readyCommitOf({ session: { run } }: SessionView): string | undefined {
  return run?.stage.name === 'ready' ? run.readyCommit : undefined;
}
