import type { Git } from './git.ts';
import { runGit } from './run-git.ts';
import { withTempIndex } from './temp-index.ts';

/**
 * Gives an environment in which `git diff` sees untracked files as new ones: a copy of the index that names them, without
 * their contents, so that no object is written but the empty one. Where there are none it is the real index, which is only read.
 */
export async function withUntracked<T>(
  git: Git,
  { worktree, untracked }: { readonly worktree: string; readonly untracked: boolean },
  use: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  if (!untracked) return use({});
  return withTempIndex(git, worktree, async ({ env }) => {
    const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.splitIndex=false', '-c', 'core.safecrlf=false'];
    const add = ['add', '--intent-to-add', '--sparse', '--ignore-errors', '--', ':/'];
    // What can't be added (a repository without a commit in it) is left out, the rest is there.
    await runGit(git, { cwd: worktree, args: [...settings, ...add], env });
    return use(env);
  });
}
