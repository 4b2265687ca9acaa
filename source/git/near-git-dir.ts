import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { namedGitDir } from './own-git-dir.ts';

/**
 * The git directory that a path seems to belong to, by a look at the folders above it: no process is started, which on a busy
 * machine takes longer than all else. Only a hint: git also knows of environments, owners and settings. Whoever knows the answer
 * already from git may act on it, everybody else asks git.
 */
export async function nearGitDir(path: string): Promise<string | undefined> {
  try {
    for (let folder = await realpath(path); ; folder = dirname(folder)) {
      const found = await gitDirIn(folder);
      if (found !== undefined) return found;
      if (folder === dirname(folder)) return undefined;
    }
  } catch {
    return undefined;
  }
}

/** Of a linked worktree it is that of the repository, not its own. */
async function gitDirIn(folder: string): Promise<string | undefined> {
  const named = await namedGitDir(folder);
  if (named === undefined) return undefined;
  const own = await realpath(named);
  const common = await readFile(join(own, 'commondir'), 'utf8').catch(() => '.');
  return realpath(resolve(own, common.trim()));
}
