import { TuttiError } from '../protocol/rpc.ts';
import { addWorktree } from './add-worktree.ts';
import { branchTip, isMarked } from './branch.ts';
import { discardHalfMade, findWorktree } from './find-worktree.ts';
import type { Git } from './git.ts';
import { type PassPoint, passBy } from './pass-point.ts';
import { refCommit } from './ref-commit.ts';
import { gitText } from './run-git.ts';
import { seeBranch } from './see-branch.ts';

export interface SnapshotRestore {
  readonly gitDir: string;
  /** The snapshot. */
  readonly commit: string;
  readonly to: string;
  readonly branch: string;
  readonly passPoint?: PassPoint;
}

/**
 * Makes a worktree from a snapshot where its folder is gone: files, untracked ones too, and the index; what was ignored is not
 * in a snapshot. Where the branch has moved, or is in use, it comes back on a branch of its own. Called again after a crash it
 * begins anew, or finds it done.
 */
export async function restoreFromSnapshot(
  git: Git,
  { gitDir, commit, to, branch, passPoint = passBy }: SnapshotRestore,
): Promise<{ readonly branch: string; readonly head: string }> {
  const [head, index] = await Promise.all(['^1', '^2'].map(parent => refCommit(git, { gitDir, ref: commit + parent })));
  if (!head || !index) {
    const short = commit.slice(0, 10);
    throw new TuttiError(
      'notFound',
      `Could not bring ${to} back: the snapshot ${short} is gone, or was taken before the first commit. Look at it with git show ${short}.`,
    );
  }
  const found = await findWorktree(git, { gitDir, path: to });
  if (found.state === 'present' && found.branch !== undefined) return { branch: found.branch, head };
  // A half-made one would hold the branch that it is to come back on.
  if (found.state === 'halfMade' || found.state === 'gone') await discardHalfMade({ gitDir, path: to });
  const what = `bring ${to} back from its snapshot`;
  const added = await addWorktree(git, {
    gitDir,
    path: to,
    ...(await chooseBranch(git, { gitDir, branch, head, mark: to })),
    passPoint,
    // Before the worktree counts as made: one without its files is never taken for a whole one.
    fill: async () => {
      await gitText(git, { cwd: to, args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', commit], what });
      passPoint('index');
      await gitText(git, { cwd: to, args: ['read-tree', '--reset', index], what });
    },
  });
  return { branch: added.branch, head };
}

async function chooseBranch(
  git: Git,
  {
    gitDir,
    branch,
    head,
    mark,
  }: { readonly gitDir: string; readonly branch: string; readonly head: string; readonly mark: string },
): Promise<{ readonly branch: string; readonly create: { readonly base: string } | undefined }> {
  const { tip, places } = await seeBranch(git, { gitDir, branch });
  if (tip === undefined) return { branch, create: { base: head } };
  if (tip === head && places.length === 0) return { branch, create: undefined };
  for (let count = 2; ; count += 1) {
    const own = `${branch}-${count}`;
    const isOurs = await isMarked(git, { gitDir, branch: own, mark });
    if (isOurs || (await branchTip(git, { gitDir, branch: own })) === undefined)
      return { branch: own, create: { base: head } };
  }
}
