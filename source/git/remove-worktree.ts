import { TuttiError } from '../protocol/rpc.ts';
import { discardHalfMade, findWorktree, REMOVING } from './find-worktree.ts';
import type { Git } from './git.ts';
import { type PassPoint, passBy } from './pass-point.ts';
import { readStatus } from './status.ts';
import { findRecord, lockRecord } from './worktree-entry.ts';

/**
 * Undoes `addWorktree`, and nothing else: a worktree in which anything has happened is refused, it belongs into the store.
 * The branch stays.
 */
export async function removeWorktree(
  git: Git,
  {
    gitDir,
    path,
    head,
    passPoint = passBy,
  }: {
    readonly gitDir: string;
    readonly path: string;
    /** The commit that was checked out. */
    readonly head: string;
    readonly passPoint?: PassPoint;
  },
): Promise<void> {
  const found = await findWorktree(git, { gitDir, path });
  switch (found.state) {
    case 'absent':
      return;
    case 'foreign':
      throw new TuttiError(
        'conflict',
        `Could not remove the worktree ${path}: what is there is not one of this repository. Look at it yourself.`,
      );
    case 'halfMade':
    case 'gone':
      return discardHalfMade({ gitDir, path });
    case 'present':
  }
  const { files } = await readStatus(git, path, { ignored: true });
  if (files.length > 0 || found.head !== head) {
    const why =
      files.length > 0
        ? `${files.length === 1 ? 'a file in it is' : `${files.length} files in it are`} not as checked out`
        : 'it has new commits';
    throw new TuttiError(
      'conflict',
      `Could not remove the worktree ${path}: ${why}. Kill the session instead: that keeps them.`,
    );
  }
  const record = await findRecord(gitDir, path);
  passPoint('lock');
  if (record) await lockRecord({ admin: record.admin, reason: REMOVING });
  passPoint('discard');
  await discardHalfMade({ gitDir, path });
}
