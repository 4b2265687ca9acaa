import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { branchTip, deleteBranchAt, madeAt } from '../../git/branch.ts';
import { placeState } from '../../git/find-worktree.ts';
import { removeWorktree } from '../../git/remove-worktree.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Effect } from '../../session/effect.ts';
import { killPoint } from '../../system/kill-point.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { endHostsOf } from '../end-hosts.ts';
import type { Outcome } from './outcome.ts';

/**
 * Undoes a creation, in reverse: hosts, worktree, the branch if this creation made it, bundle. Where something was worked in the
 * worktree meanwhile (its agent began before its start failed), nothing is taken away: it is kept like a killed one.
 */
export async function runRemoveWorktree(brain: Brain, effect: Effect & { type: 'removeWorktree' }): Promise<Outcome> {
  const { session } = effect;
  await endHostsOf(brain, session);
  if (!(await brain.gitQueue.add(effect.gitDir, () => removed(brain, effect)))) {
    const { title } = sessionOf(brain, session);
    return {
      facts: [{ type: 'creationKept' }],
      notes: [
        `Something was worked in "${title}" before its start failed: it is kept as after a kill; undo brings it back.`,
      ],
    };
  }
  rmSync(join(brain.paths.sessions, session), { recursive: true, force: true });
  return { facts: [{ type: 'creationUndone' }] };
}

/** False where something was worked. */
async function removed(brain: Brain, { session, gitDir, path }: Effect & { type: 'removeWorktree' }): Promise<boolean> {
  const { branch } = sessionOf(brain, session);
  const tip = await branchTip(brain.git, { gitDir, branch });
  if (tip === undefined) return true;
  // Somebody else's folder was the reason why the creation failed.
  if ((await placeState({ gitDir, path })) === 'foreign') return true;
  const start = await madeAt(brain.git, { gitDir, branch, mark: path });
  try {
    await removeWorktree(brain.git, {
      gitDir,
      path,
      head: start ?? tip,
      passPoint: name => killPoint(`daemon:removeWorktree:${name}`),
    });
  } catch (thrown) {
    if (thrown instanceof TuttiError && thrown.kind === 'conflict') return false;
    throw thrown;
  }
  if (start !== undefined) await deleteBranchAt(brain.git, { gitDir, branch, tip: start });
  return true;
}
