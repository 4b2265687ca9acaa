import { mkdir, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { realPath } from './git-dir.ts';
import { isFolder } from './is-folder.ts';
import { relinkSubmodules } from './submodule-links.ts';
import { pointRecord, readRecord, readText, recordOfFolder, recordsWithin, writeText } from './worktree-entry.ts';

/** Moves a worktree's folder on its file system. Its record, which still names the old place, follows by `followFolder`. */
export async function moveFolder({
  admin,
  from,
  to,
}: {
  readonly admin: string;
  readonly from: string;
  readonly to: string;
}): Promise<void> {
  await linkAbsolutely({ admin, path: from });
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

/** Makes all that names a moved worktree by its path name the new one. Done twice it changes nothing. */
export async function followFolder(
  git: Git,
  move: { readonly gitDir: string; readonly admin: string; readonly from: string; readonly to: string },
): Promise<void> {
  const { gitDir, admin } = move;
  const [from, to] = await Promise.all([realPath(move.from), realPath(move.to)]);
  await pointRecord({ admin, path: to });
  await relinkSubmodules(git, { admin, from, to });
  for (const nested of await recordsWithin({ gitDir, folder: from })) {
    const path = join(to, relative(from, nested.path));
    if (!(await isFolder(path))) continue;
    await linkAbsolutely({ admin: nested.admin, path });
    await pointRecord({ admin: nested.admin, path });
    await relinkSubmodules(git, { admin: nested.admin, from: nested.path, to: path });
  }
}

/** The record of a worktree's folder, which must be of this repository. */
export async function ownRecord({
  gitDir,
  place,
}: {
  readonly gitDir: string;
  readonly place: string;
}): Promise<string> {
  const admin = await recordOfFolder(place);
  if (admin !== undefined && dirname(admin) === join(gitDir, 'worktrees') && (await readRecord(admin))) return admin;
  throw new TuttiError(
    'conflict',
    `Could not move ${place}: it is no worktree of ${gitDir} any more. Its snapshot is still there.`,
  );
}

/** Since git 2.48 a worktree's link to its record may be relative, and would point nowhere after a move. */
async function linkAbsolutely({ admin, path }: { readonly admin: string; readonly path: string }): Promise<void> {
  const link = `gitdir: ${admin}`;
  if ((await readText(join(path, '.git'))) !== link) await writeText(join(path, '.git'), `${link}\n`);
}
