import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { realPath } from './git-dir.ts';
import { readGitLink } from './own-git-dir.ts';

/**
 * The repository's own record of a worktree, `<git directory>/worktrees/<name>`. git has no command that moves a record to
 * where a folder already is, keeps a lock's reason while it does so, or takes away one record alone (`prune` takes all that
 * look dead, the user's too), so these few files are read and written here. Their format: gitrepository-layout(5).
 */
export interface WorktreeRecord {
  /** The directory of the record. */
  readonly admin: string;
  /** The worktree that it stands for. */
  readonly path: string;
  readonly locked: string | undefined;
}

export async function findRecord(gitDir: string, path: string): Promise<WorktreeRecord | undefined> {
  const wanted = await realPath(path);
  const names = await readdir(join(gitDir, 'worktrees')).catch(() => []);
  for (const name of names) {
    const record = await readRecord(join(gitDir, 'worktrees', name));
    if (record && (await realPath(record.path)) === wanted) return record;
  }
  return undefined;
}

export async function readRecord(admin: string): Promise<WorktreeRecord | undefined> {
  const [link, locked] = await Promise.all([readText(join(admin, 'gitdir')), readText(join(admin, 'locked'))]);
  if (link === undefined) return undefined;
  return { admin, path: dirname(resolve(admin, link)), locked };
}

/** The record that a worktree's folder says it belongs to. */
export async function recordOfFolder(path: string): Promise<string | undefined> {
  const link = await readGitLink(path);
  return link === undefined ? undefined : realPath(link);
}

/** Makes the record stand for a folder that has been moved. */
export function pointRecord({ admin, path }: { readonly admin: string; readonly path: string }): Promise<void> {
  return writeText(join(admin, 'gitdir'), `${join(path, '.git')}\n`);
}

/** Records of worktrees that lie within a folder: an agent may have made some in its own. */
export async function recordsWithin({
  gitDir,
  folder,
}: {
  readonly gitDir: string;
  readonly folder: string;
}): Promise<readonly WorktreeRecord[]> {
  const names = await readdir(join(gitDir, 'worktrees')).catch(() => []);
  const records = await Promise.all(names.map(name => readRecord(join(gitDir, 'worktrees', name))));
  return records.filter(record => record?.path.startsWith(folder + sep)).filter(record => record !== undefined);
}

/** Keeps the record from `git worktree prune` and `remove`, and says why to who looks. */
export function lockRecord({ admin, reason }: { readonly admin: string; readonly reason: string }): Promise<void> {
  return writeText(join(admin, 'locked'), reason);
}

export function unlockRecord(admin: string): Promise<void> {
  return rm(join(admin, 'locked'), { force: true });
}

export function removeRecord(admin: string): Promise<void> {
  return rm(admin, { recursive: true, force: true });
}

export async function readText(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text?.replace(/\n$/, '');
}

/** Whole or not at all, also after a crash. */
export async function writeText(path: string, text: string): Promise<void> {
  const fresh = `${path}.tutti`;
  await writeFile(fresh, text, { flush: true });
  await rename(fresh, path);
}
