import { chmodSync, lstatSync } from 'node:fs';
import { TuttiError } from '../protocol/rpc.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * Makes sure that this directory is there, is ours and is closed to others (0700). One that is ours and open is closed; a
 * symlink or one of somebody else is refused, because whoever owns it could swap what lies in it.
 */
export function privateDirectory(path: string, uid: number): void {
  try {
    makeDirectory(path, 0o700);
  } catch (cause) {
    throw new TuttiError(
      'failed',
      `The directory ${path} can't be made: ${(cause as Error).message}. Make the folder above it writable and try again.`,
      { cause },
    );
  }
  const found = lstatSync(path);
  if (!found.isDirectory()) throw refusal(path, 'it is not a directory');
  if (found.uid !== uid) throw refusal(path, `it belongs to the user with the id ${found.uid}`);
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

function refusal(path: string, why: string): TuttiError {
  return new TuttiError(
    'conflict',
    `tutti will not use ${path}, because ${why}. Have it removed, or set TUTTI_HOME to another place, and start tutti again.`,
  );
}
