import { DatabaseSync } from 'node:sqlite';
import { TuttiError } from '../protocol/rpc.ts';

export interface HeldLock {
  readonly release: () => void;
}

/**
 * Takes the lock of a file for as long as this process lives; undefined when another process has it. Node has no flock, so it
 * is SQLite's exclusive transaction on an empty database: the kernel lets go of it with the process, also after SIGKILL.
 * The same process must never open the file twice: closing the second one would drop the first one's lock (POSIX).
 */
export function takeLock(file: string): HeldLock | undefined {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
  } catch (cause) {
    throw new TuttiError('failed', `The lock ${file} can't be opened: ${reason(cause)}. Make its folder writable.`, {
      cause,
    });
  }
  try {
    // In memory: a journal file would outlive a SIGKILL.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return { release: () => database.close() };
  } catch (cause) {
    database.close();
    if (isBusy(cause)) return undefined;
    throw new TuttiError('failed', `The lock ${file} can't be taken: ${reason(cause)}.`, { cause });
  }
}

/** SQLITE_BUSY. */
function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && thrown.errcode === 5;
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
