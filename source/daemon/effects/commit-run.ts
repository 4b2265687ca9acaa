import { commitAll, findCommitByTrailer } from '../../git/commit.ts';
import { refCommit } from '../../git/ref-commit.ts';
import { nextCheckHost } from '../../pipeline/check-host.ts';
import { commitHost } from '../../pipeline/commit-host.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Effect } from '../../session/effect.ts';
import type { Session } from '../../session/session.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { gitForRun } from '../git-for.ts';
import { filesOf } from '../worktree-files.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';

/** By this trailer the commit of a step is found again after a crash. */
const STEP = 'Tutti-Step';

/**
 * Commits what the agent left, in the user's name and with the repository's hooks. Beside whatever else git does there: hooks may
 * last long, and nobody has to wait for them.
 */
export async function runCommitRun(
  brain: Brain,
  effect: Effect & { type: 'commitRun' },
  signal: AbortSignal,
): Promise<Outcome> {
  const session = sessionOf(brain, effect.session);
  const { worktree, base, branch, repository, run, title } = session;
  const { gitDir } = repository;
  const { step, message } = effect;
  const startedAt = brain.system.now();
  const trailer = { name: STEP, value: step };
  const done = await findCommitByTrailer(brain.git, { worktree, base: base.commit, trailer });
  if (done) return { facts: [{ type: 'runReady', commit: done }] };
  const notes: string[] = [];
  const changed = await changedFiles(brain, session);
  if (changed && run?.stage.name === 'committing') {
    if (!run.stage.again) {
      return { facts: [{ type: 'checkRequested', host: nextCheckHost(run), tree: changed, again: true }] };
    }
    // A check that writes files itself would never come to an end.
    notes.push(
      `"${title}": files changed while its check ran, twice. They are committed as they are: look at the diff.`,
    );
  }
  const git = await gitForRun(brain, session);
  if (!git) return { later: NO_ENVIRONMENT };
  const made = await commitAll(git, { worktree, branch, message, trailers: { [STEP]: step }, signal });
  switch (made.result) {
    case 'committed':
      return {
        facts: [{ type: 'runReady', commit: made.commit }],
        notes: [...notes, ...made.leftOut.map(noteOfLeftOut)],
      };
    case 'nothing': {
      // The agent has committed everything itself.
      const commit = await refCommit(brain.git, { gitDir, ref: `refs/heads/${branch}` });
      if (!commit) throw new TuttiError('failed', `Could not commit: the branch ${branch} is gone.`);
      return { facts: [{ type: 'runReady', commit }], notes: [...notes, ...made.leftOut.map(noteOfLeftOut)] };
    }
    case 'hookFailed': {
      const attempt = run?.attempt ?? 1;
      const result = {
        host: commitHost(attempt),
        attempt,
        command: 'git commit',
        passed: false,
        code: undefined,
        startedAt,
        endedAt: brain.system.now(),
        output: made.output.split('\n'),
      };
      return { facts: [{ type: 'commitRefused', result }] };
    }
    default:
      return made satisfies never;
  }
}

/** The files as they are, where they are not those that the check has seen: somebody edited them, or the check itself did. */
async function changedFiles(brain: Brain, session: Session): Promise<string | undefined> {
  const stage = session.run?.stage;
  if (stage?.name !== 'committing' || stage.tree === undefined) return undefined;
  const files = await filesOf(brain, session);
  return files === stage.tree ? undefined : files;
}

export function noteOfLeftOut(path: string): string {
  return `${path} is a repository of its own inside of the worktree: it was not committed.`;
}
