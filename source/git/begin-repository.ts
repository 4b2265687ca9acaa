import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { findRepository } from './repository.ts';
import { askGit, gitText } from './run-git.ts';

/**
 * Makes what a session needs: a repository in a plain folder, and a first, empty commit in the user's name. What the user has
 * staged stays staged. Done twice it does nothing.
 */
export async function beginRepository(git: Git, path: string): Promise<void> {
  if (!(await findRepository(git, path))) {
    await gitText(git, { cwd: path, args: ['init', '--quiet'], what: `make a repository in ${path}` });
  }
  if (await askGit(git, { cwd: path, args: ['rev-parse', '--verify', '-q', 'HEAD^{commit}'] })) return;
  const branch = await askGit(git, { cwd: path, args: ['symbolic-ref', '-q', 'HEAD'] });
  if (!branch) {
    throw new TuttiError(
      'failed',
      `Could not make the first commit in ${path}: its HEAD names no branch. Check out a branch first.`,
    );
  }
  const what = `make the first commit in ${path}`;
  const tree = await gitText(git, { cwd: path, args: ['mktree'], what });
  const commit = await gitText(git, {
    cwd: path,
    args: ['commit-tree', '-m', 'Begin', tree.trim()],
    what,
  });
  const nothing = '0'.repeat(commit.trim().length);
  await gitText(git, {
    cwd: path,
    args: ['update-ref', '-m', 'commit (initial)', branch, commit.trim(), nothing],
    what,
  });
}
