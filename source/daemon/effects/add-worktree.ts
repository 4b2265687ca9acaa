import { addWorktree } from '../../git/add-worktree.ts';
import type { Effect } from '../../session/effect.ts';
import { killPoint } from '../../system/kill-point.ts';
import type { Brain } from '../brain.ts';
import type { Outcome } from './outcome.ts';

export async function runAddWorktree(
  brain: Brain,
  effect: Effect & { type: 'addWorktree' },
  signal: AbortSignal,
): Promise<Outcome> {
  const { gitDir, path, branch, create } = effect;
  const made = await addWorktree(brain.git, {
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
