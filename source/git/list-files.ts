import type { Git } from './git.ts';
import { gitText } from './run-git.ts';

/** More paths than a project has that anybody finds something in; beyond it a list is cut, bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Paths of a worktree that git knows or would take, relative to it: what is ignored is left out. */
export async function listFiles(git: Git, worktree: string): Promise<readonly string[]> {
  const text = await gitText(git, {
    cwd: worktree,
    args: ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    read: true,
    limitBytes: MOST_BYTES,
    what: `list the files of ${worktree}`,
  });
  return text.split('\0').filter(Boolean);
}
