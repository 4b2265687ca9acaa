import { lstat, readdir, rm } from 'node:fs/promises';
import { inASentence } from './file-failure.ts';
import type { Git } from './git.ts';
import { readHead } from './head.ts';
import { endOrphan } from './orphan.ts';
import { findRecord, recordOfFolder, removeRecord } from './worktree-entry.ts';

/**
 * What there is at a worktree's place:
 * - `absent`: nothing, or an empty folder;
 * - `halfMade`: a worktree whose making or removing was broken off; nobody has worked in it, it may be discarded;
 * - `gone`: the repository knows it, but somebody took its folder away;
 * - `foreign`: a folder that is no worktree of this repository;
 * - `present`: a worktree.
 */
export type PlaceState = 'absent' | 'halfMade' | 'gone' | 'foreign' | 'present';

export type WorktreeState =
  | { readonly state: Exclude<PlaceState, 'present'> }
  | {
      readonly state: 'present';
      /** Undefined where HEAD is detached. */
      readonly branch: string | undefined;
      /** Undefined before the branch's first commit. */
      readonly head: string | undefined;
    };

/** Reasons in the locks of worktrees that are only passing states. git itself writes `initializing`. */
export const MAKING = 'tutti is making this worktree';
export const REMOVING = 'tutti is removing this worktree';

/** What is there, and where its HEAD stands. */
export async function findWorktree(
  git: Git,
  { gitDir, path }: { readonly gitDir: string; readonly path: string },
): Promise<WorktreeState> {
  const state = await placeState({ gitDir, path });
  if (state !== 'present') return { state };
  const { branch, commit } = await readHead(git, path);
  return { state, branch, head: commit };
}

/** What is there alone: git is not asked. */
export async function placeState({
  gitDir,
  path,
}: {
  readonly gitDir: string;
  readonly path: string;
}): Promise<PlaceState> {
  const [record, files] = await Promise.all([findRecord(gitDir, path), readdir(path).catch(() => undefined)]);
  if (!record) return files === undefined || files.length === 0 ? 'absent' : 'foreign';
  if (record.locked === MAKING || record.locked === REMOVING || record.locked === 'initializing') return 'halfMade';
  if (files === undefined) return 'gone';
  return (await recordOfFolder(path)) === record.admin ? 'present' : 'foreign';
}

/** Takes a half-made worktree away: the folder first, so that what is left over is always one that the repository knows. */
export async function discardHalfMade({
  gitDir,
  path,
}: {
  readonly gitDir: string;
  readonly path: string;
}): Promise<void> {
  const record = await findRecord(gitDir, path);
  if (record) await endOrphan(record.admin);
  if (await lstat(path).catch(() => undefined)) {
    await inASentence(`remove ${path}`, () => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  }
  if (record) await removeRecord(record.admin);
}
