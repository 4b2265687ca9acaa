import { branchTip } from '../../git/branch.ts';
import { bringBackWorktree } from '../../git/bring-back.ts';
import { placeState } from '../../git/find-worktree.ts';
import { isFolder } from '../../git/is-folder.ts';
import { writeSnapshot } from '../../git/snapshot.ts';
import { storeWorktree } from '../../git/store-worktree.ts';
import type { Effect } from '../../session/effect.ts';
import { killPoint } from '../../system/kill-point.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { gitForWorktree } from '../git-for.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';

/** A commit with everything that is not ignored, before anything is moved. A worktree that somebody took away has nothing to keep. */
export async function runWriteSnapshot(brain: Brain, effect: Effect & { type: 'writeSnapshot' }): Promise<Outcome> {
  const { worktree, branch, repository } = sessionOf(brain, effect.session);
  const { gitDir } = repository;
  const { ref } = effect;
  return brain.gitQueue.add(gitDir, async () => {
    if ((await placeState({ gitDir, path: worktree })) !== 'present') {
      const tip = await branchTip(brain.git, { gitDir, branch });
      const notes = [`The worktree ${worktree} was gone already: what was not committed in it can't be kept.`];
      return { facts: [{ type: 'snapshotWritten', ref: undefined, commit: undefined, tip }], notes };
    }
    const { commit, missed, head } = await writeSnapshot(brain.git, { worktree, ref });
    const isOnBranch = head.ref === `refs/heads/${branch}`;
    const tip = isOnBranch ? head.commit : await branchTip(brain.git, { gitDir, branch });
    const notes = missed === undefined ? [] : [`The snapshot lacks what could not be read: ${missed}.`];
    return { facts: [{ type: 'snapshotWritten', ref, commit, tip }], notes };
  });
}

/** The folder into the store, its ignored files with it. */
export async function runStoreWorktree(brain: Brain, effect: Effect & { type: 'storeWorktree' }): Promise<Outcome> {
  const { gitDir, from, to } = effect;
  return brain.gitQueue.add(gitDir, async () => {
    if (!(await isFolder(from)) && !(await isFolder(to)))
      return { facts: [{ type: 'worktreeStored', folder: undefined }] };
    await storeWorktree(brain.git, { gitDir, from, to, passPoint: name => killPoint(`daemon:storeWorktree:${name}`) });
    return { facts: [{ type: 'worktreeStored', folder: to }] };
  });
}

/** The folder back from the store; where that is gone, what the snapshot holds. */
export async function runRestoreWorktree(brain: Brain, effect: Effect & { type: 'restoreWorktree' }): Promise<Outcome> {
  const { gitDir, from, to, branch, onto, commit, tip } = effect;
  const passPoint = (name: string) => killPoint(`daemon:restoreWorktree:${name}`);
  const git = gitForWorktree(brain, effect.session);
  if (!git) return { later: NO_ENVIRONMENT };
  const wanted = { gitDir, from, to, branch, onto, snapshot: commit, tip, passPoint };
  const restored = await brain.gitQueue.add(gitDir, () => bringBackWorktree(git, wanted));
  const fact = { type: 'worktreeRestored', branch: restored.branch ?? branch } as const;
  if (restored.by === 'folder') return { facts: [fact] };
  const note =
    restored.by === 'snapshot'
      ? `The kept folder ${from} is gone: the worktree was made from its snapshot, without ignored files.`
      : `There was no folder to bring back: the worktree was made anew from ${fact.branch}, with what was committed.`;
  return { facts: [fact], notes: [note] };
}
