import { dirname, join } from 'node:path';
import type { Session } from '../session/session.ts';
import type { Paths } from '../system/paths.ts';

/** Where the folder of a killed or paused session is kept: on the file system that its worktree is on, so that a rename moves it. */
export function storeFolderOf(
  { id, worktree }: Pick<Session, 'id' | 'worktree'>,
  paths: Pick<Paths, 'worktrees' | 'trash'>,
): string {
  if (worktree.startsWith(`${paths.worktrees}/`)) return join(paths.trash, id);
  // `<worktrees>/<repository>/<name>`, where the user has put them elsewhere.
  return join(dirname(dirname(worktree)), '.trash', id);
}
