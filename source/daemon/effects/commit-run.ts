import { commitHost } from '../../pipeline/commit-host.ts';
import type { Effect } from '../../session/effect.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { commitAll, findCommitByTrailer } from '../pending-git.ts';
import type { Outcome } from './outcome.ts';

/** Found again by this trailer after a crash. */
const STEP = 'Tutti-Step';

/** Commits what the agent left, in the user's name and with the repository's hooks. */
export async function runCommitRun(brain: Brain, effect: Effect & { type: 'commitRun' }): Promise<Outcome> {
  const { worktree, base, repository, run } = sessionOf(brain, effect.session);
  const { step, message } = effect;
  const startedAt = brain.system.now();
  return brain.gitQueue.add(repository.gitDir, async () => {
    const trailer = `${STEP}: ${step}`;
    const done = await findCommitByTrailer(brain.git, { worktree, base: base.commit, trailer });
    if (done) return { facts: [{ type: 'runReady', commit: done }] };
    const result = await commitAll(brain.git, { worktree, message, trailers: [trailer] });
    switch (result.outcome) {
      case 'committed':
      case 'nothing':
        return { facts: [{ type: 'runReady', commit: result.commit }] };
      case 'hookFailed': {
        const attempt = run?.attempt ?? 1;
        return {
          facts: [
            {
              type: 'commitRefused',
              result: {
                host: commitHost(attempt),
                attempt,
                command: 'git commit',
                passed: false,
                code: 1,
                startedAt,
                endedAt: brain.system.now(),
                output: result.output.split('\n'),
                tree: undefined,
              },
            },
          ],
        };
      }
      default:
        return result satisfies never;
    }
  });
}
