import { closeSync, fsyncSync, openSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

let written = 0;

/**
 * Replaces a file so that a reader, and a machine that lost its power, sees the old or the new content and never a part: temp
 * file, fsync, rename, fsync of the directory. Readable by the user alone.
 */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  written += 1;
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${written}.tmp`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  syncDirectory(folder);
}

/**
 * Takes away what processes left of this file that were ended before their rename. A file that others may be writing now is `shared`:
 * what is of a process that runs is left to it.
 */
export function removeHalfWritten(folder: string, file: string, { shared = false } = {}): void {
  for (const name of namesIn(folder)) {
    const writer = name.startsWith(`.${file}.`) ? HALF_WRITTEN.exec(name)?.[1] : undefined;
    if (writer !== undefined && !(shared && isOther(Number(writer)))) removeQuietly(join(folder, name));
  }
}

const HALF_WRITTEN = /\.(\d+)\.\d+\.tmp$/;

/** Whether another process with this id runs. Ours is in the middle of no write: they are synchronous. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    // It has ended, or is another user's, who writes nothing here.
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A file, or gone.
    return [];
  }
}

/** After a rename only this makes the new name last. */
export function syncDirectory(folder: string): void {
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or is gone: both are fine.
  }
}
