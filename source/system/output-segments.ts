import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** One file of an output log. */
export interface OutputSegment {
  readonly path: string;
  /** Sequence of its first byte. */
  readonly from: number;
}

/** Segments of 4 MB, four of them: the last 12 to 16 MB of what a program printed. */
export const SEGMENT_BYTES = 4 * 1024 * 1024;
export const SEGMENTS = 4;

const PREFIX = 'output.';

export function segmentPath(bundle: string, from: number): string {
  return join(bundle, `${PREFIX}${String(from).padStart(16, '0')}`);
}

/** In the order of their bytes. A gap between two of them means that the log could not keep up. */
export function listSegments(bundle: string): OutputSegment[] {
  return readdirSync(bundle)
    .filter(name => name.startsWith(PREFIX))
    .sort()
    .map(name => ({ path: join(bundle, name), from: Number(name.slice(PREFIX.length)) }));
}

/** The last bytes of a log, at most so many, with the sequence of the first. Works while the host writes and after it is gone. */
export function readOutputTail(bundle: string, atMost: number): { readonly sequence: number; readonly bytes: Buffer } {
  const parts: Buffer[] = [];
  let left = atMost;
  let sequence: number | undefined;
  for (const segment of listSegments(bundle).reverse()) {
    const part = readEnd(segment.path, left);
    if (sequence !== undefined && segment.from + part.size !== sequence) break;
    parts.unshift(part.bytes);
    sequence = segment.from + part.size - part.bytes.length;
    left -= part.bytes.length;
    if (left === 0) break;
  }
  return { sequence: sequence ?? 0, bytes: Buffer.concat(parts) };
}

function readEnd(path: string, atMost: number): { readonly size: number; readonly bytes: Buffer } {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, atMost));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return { size, bytes: bytes.subarray(0, read) };
  } finally {
    closeSync(file);
  }
}
