import { TuttiError } from '../protocol/rpc.ts';
import { inASentence } from './file-failure.ts';
import type { Git } from './git.ts';
import { isFolder } from './is-folder.ts';
import { letBranchGo } from './kept-head.ts';
import { followFolder, moveFolder, ownRecord } from './move-worktree.ts';
import { endOrphan } from './orphan.ts';
import { type PassPoint, passBy } from './pass-point.ts';
import { lockRecord } from './worktree-entry.ts';

/** Says to who looks why the worktree can't be pruned. */
const KEPT = 'kept by tutti until its session is resumed or its kill undone';

export interface Store {
  readonly gitDir: string;
  readonly from: string;
  /** On the same file system. */
  readonly to: string;
  readonly passPoint?: PassPoint;
}

/**
 * Puts a worktree into the store: its branch can be checked out elsewhere, and nothing of the folder is lost, ignored files,
 * index and an unfinished merge or rebase included. Called again after a crash it goes on where it was.
 */
export function storeWorktree(git: Git, wanted: Store): Promise<void> {
  return inASentence(`keep ${wanted.from}`, () => store(git, wanted));
}

async function store(git: Git, { gitDir, from, to, passPoint = passBy }: Store): Promise<void> {
  const [isHere, isStored] = await Promise.all([isFolder(from), isFolder(to)]);
  if (isHere && isStored) {
    throw new TuttiError(
      'conflict',
      `Could not keep ${from}: there is something in ${to} already. Look at it and move it away.`,
    );
  }
  if (!isHere && !isStored) {
    throw new TuttiError('notFound', `Could not keep ${from}: the folder is gone. Its snapshot is still there.`);
  }
  const place = isHere ? from : to;
  const admin = await ownRecord({ gitDir, place });
  if (isHere) {
    await endOrphan(admin);
    passPoint('lock');
    await lockRecord({ admin, reason: KEPT });
    passPoint('detach');
    await letBranchGo(git, { admin, worktree: from });
    passPoint('rename');
    await moveFolder({ admin, from, to });
  }
  passPoint('follow');
  await followFolder(git, { gitDir, admin, from, to });
}
