import { type FileHandle, open } from 'node:fs/promises';

/** A record is read in pieces of so many bytes; between two of them others have their turn. */
const PIECE_BYTES = 512 * 1024;

/** A line that is longer is no turn of anybody: it is left out, and never held in memory as a whole. */
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

/**
 * Gives each whole line of a file from an offset on, and answers where the next one begins. A last line without its end is still being
 * written: it is read the next time. `until`: no more is read after so many bytes.
 */
export async function readLines(
  file: string,
  options: { readonly from: number; readonly until?: number; readonly take: (line: string) => void },
): Promise<number> {
  const handle = await open(file, 'r');
  try {
    return await readFrom(handle, options);
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, options: Parameters<typeof readLines>[1]): Promise<number> {
  const { until = Number.POSITIVE_INFINITY, take } = options;
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let at = options.from;
  let next = options.from;
  let begun: Buffer[] = [];
  let held = 0;
  let isTooLong = false;
  while (at < until) {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, at);
    if (bytesRead === 0) return next;
    const read = piece.subarray(0, bytesRead);
    let start = 0;
    for (let end = read.indexOf(10); end !== -1; end = read.indexOf(10, start)) {
      const rest = read.subarray(start, end);
      if (!isTooLong) take((held > 0 ? Buffer.concat([...begun, rest]) : rest).toString('utf8'));
      begun = [];
      held = 0;
      isTooLong = false;
      start = end + 1;
      next = at + start;
    }
    const left = read.subarray(start);
    held += left.length;
    if (held > LONGEST_LINE_BYTES) isTooLong = true;
    if (isTooLong) begun = [];
    else if (left.length > 0) begun.push(Buffer.from(left));
    at += bytesRead;
  }
  return next;
}
