import { addWorktree } from '../../git/add-worktree.ts';
import type { Effect } from '../../session/effect.ts';
import { killPoint } from '../../system/kill-point.ts';
import type { Brain } from '../brain.ts';
import { gitForWorktree } from '../git-for.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';

export async function runAddWorktree(
  brain: Brain,
  effect: Effect & { type: 'addWorktree' },
  signal: AbortSignal,
): Promise<Outcome> {
  const { gitDir, path, branch, create } = effect;
  const git = gitForWorktree(brain, effect.session);
  if (!git) return { later: NO_ENVIRONMENT };
  const made = await addWorktree(git, {
    gitDir,
    path,
    branch,
    create: create === undefined ? undefined : { base: create },
    passPoint: name => killPoint(`daemon:addWorktree:${name}`),
    signal,
    inTurn: work => brain.gitQueue.add(gitDir, work),
  });
  return { facts: [{ type: 'worktreeAdded', branch: made.branch }], notes: made.notes };
}
