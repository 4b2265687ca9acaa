import { join } from 'node:path';
import type { Git } from './git.ts';
import { askGit, runGit } from './run-git.ts';

/**
 * Folders that tools make sooner or later in a worktree and that are huge. Where the repository ignores one, it gets no watch
 * already before it is there.
 */
const LIKELY = [
  ...['node_modules', 'dist', 'build', 'out', 'target', 'coverage', 'vendor', '.next', '.nuxt', '.turbo', '.cache'],
  ...['.venv', 'venv', '__pycache__', '.pytest_cache', '.mypy_cache', '.gradle', '.tox', 'tmp', 'bin', 'obj'],
];

/** Absolute paths of the folders in a worktree that its repository ignores, and of git's own. */
export async function ignoredFolders(git: Git, worktree: string): Promise<readonly string[]> {
  const [listed, likely] = await Promise.all([
    askGit(git, {
      cwd: worktree,
      args: ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'],
    }),
    ignoredAmong(git, { worktree, paths: LIKELY.map(name => `${name}/`) }),
  ]);
  const folders = (listed ?? '').split('\0').filter(path => path.endsWith('/'));
  return [...new Set(['.git/', ...folders, ...likely])].map(path => join(worktree, path.slice(0, -1)));
}

/** Those of some paths, relative to the worktree, that its repository ignores. They need not be there. */
export async function ignoredAmong(
  git: Git,
  { worktree, paths }: { readonly worktree: string; readonly paths: readonly string[] },
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const args = ['check-ignore', '-z', '--stdin'];
  const result = await runGit(git, { cwd: worktree, args, read: true, input: `${paths.join('\0')}\0` });
  return result.code === 0 ? result.out.split('\0').filter(Boolean) : [];
}
