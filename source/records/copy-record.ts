import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { findRecord } from './find-record.ts';

/** Compared at one go; between two pieces others have their turn. */
const PIECE_BYTES = 512 * 1024;

/**
 * Copies the record of a conversation to the same place in another folder of its agent's, where that goes on with it. One that lies there
 * already is an earlier part of it and is replaced; where it is not, nothing is done: both may be somebody's work.
 */
export async function copyRecord(options: {
  readonly parts: readonly string[];
  readonly from: string;
  readonly to: string;
}): Promise<void> {
  const { parts, from, to } = options;
  const file = findRecord(from, parts);
  if (file === undefined) throw new TuttiError('notFound', `There is no record of the conversation in ${from}.`);
  const copy = join(to, relative(from, file));
  if (copy === file) return;
  if (!(await isBeginningOf(copy, file))) {
    throw new TuttiError(
      'conflict',
      `The conversation has gone on in ${to} by itself: ${copy} is no earlier part of ${file}. Both stay as they are.`,
    );
  }
  await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
  const making = `${copy}.tutti`;
  try {
    await copyFile(file, making, constants.COPYFILE_FICLONE);
    await rename(making, copy);
  } finally {
    await rm(making, { force: true });
  }
}

/** Also where it is not there at all. */
async function isBeginningOf(path: string, whole: string): Promise<boolean> {
  const handles: FileHandle[] = [];
  try {
    const [there, all] = [await opened(path, handles), await opened(whole, handles)];
    if (!there || !all) return there === undefined;
    for (let at = 0; ; at += PIECE_BYTES) {
      const [part, same] = [await pieceOf(there, at), await pieceOf(all, at)];
      if (part.length === 0) return true;
      if (!part.equals(same.subarray(0, part.length))) return false;
    }
  } finally {
    for (const handle of handles) await handle.close();
  }
}

async function opened(path: string, handles: FileHandle[]): Promise<FileHandle | undefined> {
  try {
    const handle = await open(path, 'r');
    handles.push(handle);
    return handle;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

async function pieceOf(handle: FileHandle, at: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at);
  return buffer.subarray(0, bytesRead);
}
