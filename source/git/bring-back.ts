import { TuttiError } from '../protocol/rpc.ts';
import { addWorktree } from './add-worktree.ts';
import { branchTip } from './branch.ts';
import { discardHalfMade, placeState } from './find-worktree.ts';
import type { Git } from './git.ts';
import { realPath } from './git-dir.ts';
import { isFolder } from './is-folder.ts';
import { restoreFromSnapshot } from './restore-snapshot.ts';
import { type Restore, type Restored, restoreWorktree } from './restore-worktree.ts';
import { readRecord, recordOfFolder } from './worktree-entry.ts';

/**
 * Brings a worktree back by the best that is left of it: its folder in the store, else its snapshot, which has no ignored
 * files, else what was committed: its folder was gone before it was put aside. Called again after a crash it goes on with the one that it had begun with.
 */
export async function bringBackWorktree(
  git: Git,
  {
    snapshot,
    tip,
    ...wanted
  }: Restore & {
    readonly snapshot: string | undefined;
    /** Where the branch stood when it was put aside. */
    readonly tip?: string | undefined;
  },
): Promise<Restored & { readonly by: 'folder' | 'snapshot' | 'branch' }> {
  const { gitDir, from, to, branch, passPoint } = wanted;
  const isStored = await isFolder(from);
  // A half-made one is a restore from the snapshot that was broken off: a folder that comes from the store is always whole.
  const isWhole = isStored || (await isMoved(wanted)) || (await placeState({ gitDir, path: to })) === 'present';
  if (isWhole) return { ...(await restoreWorktree(git, wanted)), by: 'folder' };
  if (snapshot === undefined) {
    const added = await addWorktree(git, {
      ...{ gitDir, path: to },
      ...(await freeBranch(git, { gitDir, branch, tip, to })),
      ...(passPoint ? { passPoint } : {}),
    });
    return { branch: added.branch, head: added.commit, by: 'branch' };
  }
  const restored = await restoreFromSnapshot(git, {
    ...{ gitDir, commit: snapshot, to, branch },
    ...(passPoint ? { passPoint } : {}),
  });
  // The repository's record of the lost folder, or nobody ever takes it away.
  if ((await placeState({ gitDir, path: from })) === 'gone') await discardHalfMade({ gitDir, path: from });
  return { ...restored, by: 'snapshot' };
}

/** It came from the store in the moment of a crash: its own record still names the place that it had there. */
async function isMoved({ from, to }: Pick<Restore, 'from' | 'to'>): Promise<boolean> {
  const admin = await recordOfFolder(to);
  const record = admin === undefined ? undefined : await readRecord(admin);
  return record !== undefined && (await realPath(record.path)) === (await realPath(from));
}

/** The branch as it is now; where somebody deleted it, again at the commit that it had. */
async function freeBranch(
  git: Git,
  {
    gitDir,
    branch,
    tip,
    to,
  }: { readonly gitDir: string; readonly branch: string; readonly tip: string | undefined; readonly to: string },
): Promise<{ readonly branch: string; readonly create: { readonly base: string } | undefined }> {
  if ((await branchTip(git, { gitDir, branch })) !== undefined) return { branch, create: undefined };
  if (tip !== undefined) return { branch, create: { base: tip } };
  throw new TuttiError(
    'notFound',
    `Could not bring the worktree back to ${to}: its folder, its branch ${branch} and every snapshot of it are gone.`,
  );
}
