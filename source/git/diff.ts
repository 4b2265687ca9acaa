import { type Base, forkPoint } from './fork-point.ts';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';
import { askGit, runGitBytes } from './run-git.ts';
import { withUntracked } from './worktree-index.ts';

/** One shape of diff whatever the user has set: `a/` and `b/`, renames found, no program of theirs run, no submodule opened. */
export const DIFF_ARGS = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--submodule=short'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '--diff-algorithm=histogram', '-O/dev/null'],
];

/** A file of more than 4 MB counts as a binary one: nobody reads it, and git would hold it in memory twice. */
export const DIFF_SETTINGS = ['-c', 'core.bigFileThreshold=4m'];

export interface WorktreeDiff {
  /** A git patch; cut after a whole line where it is truncated. */
  readonly patch: string;
  /** The commit that it is compared with. */
  readonly base: string;
  /** HEAD at that time; empty before the first commit. */
  readonly head: string;
  readonly truncated: boolean;
}

/** The patch from the base to the worktree as it lies there, untracked files too. The agent's index is not touched. */
export async function readDiff(
  git: Git,
  { worktree, base, limitBytes }: { readonly worktree: string; readonly base: Base; readonly limitBytes: number },
): Promise<WorktreeDiff> {
  const [head = '', untracked] = await Promise.all([
    askGit(git, { cwd: worktree, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] }),
    askGit(git, { cwd: worktree, args: ['ls-files', '--others', '--exclude-standard', '-z'] }),
  ]);
  const from = head === '' ? base.commit : await forkPoint(git, { worktree, base, head });
  const paths = (untracked ?? '').split('\0').filter(Boolean);
  return withUntracked(git, { worktree, untracked: paths, commit: from }, async env => {
    const result = await runGitBytes(git, {
      cwd: worktree,
      args: [...DIFF_SETTINGS, 'diff', '--patch', ...DIFF_ARGS, from, '--'],
      read: true,
      env,
      limitBytes,
    });
    if (result.code !== 0) throw gitFailure(`compare ${worktree} with its base`, { err: result.err.toString() });
    const whole = result.truncated ? result.out.subarray(0, result.out.lastIndexOf(10) + 1) : result.out;
    return { patch: whole.toString(), base: from, head, truncated: result.truncated };
  });
}
