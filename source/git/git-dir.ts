import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Git } from './git.ts';
import { ownGitDir } from './own-git-dir.ts';
import { gitText } from './run-git.ts';

/** How git is asked about a repository: from where, and with which arguments before the ones given. */
export type AskedOn = (args: readonly string[]) => { readonly cwd: string; readonly args: readonly string[] };

/** Arguments that make git work on a repository without a worktree, whatever `safe.bareRepository` says. */
export function onRepository(gitDir: string, args: readonly string[]): { cwd: string; args: readonly string[] } {
  return { cwd: gitDir, args: [`--git-dir=${gitDir}`, ...args] };
}

/** The git directory of one worktree, where its HEAD and index are. `worktree` is its root. */
export async function adminDir(git: Git, worktree: string): Promise<string> {
  const own = await ownGitDir(worktree);
  if (own !== undefined) return own;
  const dir = await gitText(git, {
    cwd: worktree,
    args: ['rev-parse', '--absolute-git-dir'],
    read: true,
    what: `find the git directory of ${worktree}`,
  });
  return dir.replace(/\n$/, '');
}

/** The path without symbolic links, also where it doesn't exist yet. */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, '..');
    const absolute = resolve(path);
    return parent === absolute
      ? absolute
      : resolve(await realPath(parent), absolute.slice(parent.length).replace(/^\/+/, ''));
  }
}
