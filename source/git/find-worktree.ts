import { lstat, readdir, rm } from 'node:fs/promises';
import { inASentence } from './file-failure.ts';
import type { Git } from './git.ts';
import { endOrphan } from './orphan.ts';
import { askGit } from './run-git.ts';
import { findRecord, recordOfFolder, removeRecord } from './worktree-entry.ts';

/**
 * What there is at a worktree's place:
 * - `absent`: nothing, or an empty folder;
 * - `halfMade`: a worktree whose making or removing was broken off; nobody has worked in it, it may be discarded;
 * - `gone`: the repository knows it, but somebody took its folder away;
 * - `foreign`: a folder that is no worktree of this repository;
 * - `present`: a worktree.
 */
export type WorktreeState =
  | { readonly state: 'absent' | 'halfMade' | 'gone' | 'foreign' }
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

export async function findWorktree(
  git: Git,
  { gitDir, path }: { readonly gitDir: string; readonly path: string },
): Promise<WorktreeState> {
  const [record, files] = await Promise.all([findRecord(gitDir, path), readdir(path).catch(() => undefined)]);
  if (!record) return { state: files === undefined || files.length === 0 ? 'absent' : 'foreign' };
  if (record.locked === MAKING || record.locked === REMOVING || record.locked === 'initializing') {
    return { state: 'halfMade' };
  }
  if (files === undefined) return { state: 'gone' };
  if ((await recordOfFolder(path)) !== record.admin) return { state: 'foreign' };
  const [branch, head] = await Promise.all([
    askGit(git, { cwd: path, args: ['symbolic-ref', '--quiet', '--short', 'HEAD'] }),
    askGit(git, { cwd: path, args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] }),
  ]);
  return { state: 'present', branch, head };
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
