import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { refCommit } from './ref-commit.ts';
import { gitText } from './run-git.ts';
import { listWorktrees, pastHalfMade } from './worktree-list.ts';

export interface SeenBranch {
  /** What its ref stands for, its commit in a sound repository; undefined where there is no such branch. */
  readonly tip: string | undefined;
  /** Worktrees that have it checked out. Only by force there are several. */
  readonly places: readonly string[];
}

/** Where a local branch stands, and where it is checked out: one call where it stands somewhere and is not. */
export async function seeBranch(
  git: Git,
  { gitDir, branch }: { readonly gitDir: string; readonly branch: string },
): Promise<SeenBranch> {
  const ref = `refs/heads/${branch}`;
  const format = '--format=%(refname)%00%(objectname)%00%(worktreepath)%00';
  const text = await pastHalfMade(() =>
    gitText(git, {
      ...onRepository(gitDir, ['for-each-ref', format, '--', ref]),
      read: true,
      what: `look for the branch ${branch}`,
    }),
  );
  // Where there is none of this name, those in a folder of it are listed.
  const [name, commit, place] = text.split('\0');
  // A file system that does not tell case apart may know it in another spelling, and then it is found by its file only.
  const tip = name === ref ? commit : await refCommit(git, { gitDir, ref });
  if (tip !== undefined && !place) return { tip, places: [] };
  // The place may be a bare repository, whose HEAD is no checkout, or one of several; and a branch without a commit has none.
  const worktrees = await listWorktrees(git, gitDir);
  return { tip, places: worktrees.filter(entry => entry.branch === branch).map(entry => entry.path) };
}
