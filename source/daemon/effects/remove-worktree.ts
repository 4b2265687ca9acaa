import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { branchTip, deleteBranchAt, isMarked } from '../../git/branch.ts';
import { findWorktree } from '../../git/find-worktree.ts';
import { removeWorktree } from '../../git/remove-worktree.ts';
import type { Effect } from '../../session/effect.ts';
import { killPoint } from '../../system/kill-point.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { endHostsOf } from '../end-hosts.ts';
import type { Outcome } from './outcome.ts';

/** Undoes a creation, in reverse: hosts, worktree, the branch if this creation made it, bundle. */
export async function runRemoveWorktree(brain: Brain, effect: Effect & { type: 'removeWorktree' }): Promise<Outcome> {
  const { gitDir, path, session } = effect;
  const { branch } = sessionOf(brain, session);
  await endHostsOf(brain, session);
  await brain.gitQueue.add(gitDir, async () => {
    const tip = await branchTip(brain.git, { gitDir, branch });
    if (tip === undefined) return;
    // Somebody else's folder was the reason why the creation failed.
    if ((await findWorktree(brain.git, { gitDir, path })).state === 'foreign') return;
    const made = await isMarked(brain.git, { gitDir, branch, mark: path });
    await removeWorktree(brain.git, {
      gitDir,
      path,
      head: tip,
      passPoint: name => killPoint(`daemon:removeWorktree:${name}`),
    });
    if (made) await deleteBranchAt(brain.git, { gitDir, branch, tip });
  });
  rmSync(join(brain.paths.sessions, session), { recursive: true, force: true });
  return { facts: [{ type: 'creationUndone' }] };
}
