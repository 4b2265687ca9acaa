import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { findPlace } from './repository-place.ts';
import { askGit } from './run-git.ts';
import { bySimpleGit } from './simple.ts';

/**
 * Makes what a session needs: a repository in a plain folder, and a first, empty commit in the user's name. What the user has
 * staged stays staged. Done twice it does nothing.
 */
export async function beginRepository(git: Git, path: string): Promise<void> {
  if (!(await findPlace(git, path))) {
    await bySimpleGit(git, { cwd: path, what: `make a repository in ${path}` }, simple => simple.init());
  }
  if (await askGit(git, { cwd: path, args: ['rev-parse', '--verify', '-q', 'HEAD^{commit}'] })) return;
  const branch = await askGit(git, { cwd: path, args: ['symbolic-ref', '-q', 'HEAD'] });
  if (!branch) {
    throw new TuttiError(
      'failed',
      `Could not make the first commit in ${path}: its HEAD names no branch. Check out a branch first.`,
    );
  }
  await bySimpleGit(git, { cwd: path, what: `make the first commit in ${path}` }, async simple => {
    // The empty tree; `mktree` would read it from an input that is never closed.
    const tree = await simple.raw('hash-object', '-t', 'tree', '-w', '/dev/null');
    const commit = (await simple.raw('commit-tree', '-m', 'Begin', tree.trim())).trim();
    const nothing = '0'.repeat(commit.length);
    await simple.raw('update-ref', '-m', 'commit (initial)', branch, commit, nothing);
  });
}
