import { closeSync, openSync, rmSync, write as writeFile } from 'node:fs';
import { listSegments, SEGMENT_BYTES, SEGMENTS, segmentPath } from '../system/output-segments.ts';

export interface OutputLogOptions {
  readonly bundle: string;
  /** The log has ended, with the reason; the program goes on. */
  readonly onStopped: (why: string) => void;
  /** Replaced in tests, to play a full disk and a slow one. */
  readonly write?: WriteFile;
}

export type WriteFile = (
  file: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  position: number,
  done: (error: Error | null, written: number) => void,
) => void;

/** What waits is written when it is this much, or after this time: a program that prints a line costs one write. */
const BATCH_BYTES = 64 * 1024;
const BATCH_MS = 250;

/** A disk that stalls must not make a host grow: beyond this the log skips, and goes on in a new segment with a gap before it. */
const MOST_WAITING = 8 * 1024 * 1024;

/** All that a program printed lately, on disk. Written behind the host's back, one write at a time: a slow disk delays no key. */
export class OutputLog {
  readonly #options: OutputLogOptions;
  readonly #write: WriteFile;
  #segment: { readonly file: number; readonly from: number; size: number } | undefined;
  /** Sequence after the last byte that was given. */
  #end = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped: string | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(options: OutputLogOptions) {
    this.#options = options;
    this.#write = options.write ?? writeFile;
  }

  /** Why nothing is logged any more. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** Copies the bytes. */
  append(bytes: Uint8Array): void {
    this.#end += bytes.byteLength;
    if (this.#stopped !== undefined) return;
    this.#waiting.push(Buffer.from(bytes));
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes > MOST_WAITING) this.#dropWaiting();
    else if (this.#waitingBytes >= BATCH_BYTES) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  }

  /** Resolves when everything that was given is in the file. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#whenIdle = () => {
        this.#stopped ??= 'the program has ended';
        this.#closeSegment();
        resolve();
      };
      this.#flush();
      if (!this.#writing) this.#whenIdle();
    });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing || this.#waitingBytes === 0 || this.#stopped !== undefined) return;
    const bytes = this.#waiting.length === 1 && this.#waiting[0] ? this.#waiting[0] : Buffer.concat(this.#waiting);
    const from = this.#end - this.#waitingBytes;
    this.#dropWaiting();
    this.#writing = true;
    this.#put(bytes, from);
  }

  #put(bytes: Uint8Array, from: number): void {
    try {
      const segment = this.#segmentFor(from);
      this.#write(segment.file, bytes, 0, bytes.byteLength, segment.size, (error, written) => {
        if (error) return this.#stop(error);
        segment.size += written;
        // A short write comes before the error that says why.
        if (written < bytes.byteLength) return this.#put(bytes.subarray(written), from + written);
        this.#writing = false;
        if (this.#whenIdle || this.#waitingBytes >= BATCH_BYTES) this.#flush();
        if (!this.#writing) this.#whenIdle?.();
      });
    } catch (error) {
      this.#stop(error as Error);
    }
  }

  #segmentFor(from: number): { readonly file: number; readonly from: number; size: number } {
    const current = this.#segment;
    if (current && current.size < SEGMENT_BYTES && current.from + current.size === from) return current;
    this.#closeSegment();
    const { bundle } = this.#options;
    this.#segment = { file: openSync(segmentPath(bundle, from), 'w', 0o600), from, size: 0 };
    for (const old of listSegments(bundle).slice(0, -SEGMENTS)) rmSync(old.path, { force: true });
    return this.#segment;
  }

  #dropWaiting(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #stop(error: Error): void {
    this.#writing = false;
    this.#stopped = error.message;
    this.#dropWaiting();
    clearTimeout(this.#timer);
    this.#closeSegment();
    this.#options.onStopped(error.message);
    this.#whenIdle?.();
  }

  #closeSegment(): void {
    if (this.#segment) closeSync(this.#segment.file);
    this.#segment = undefined;
  }
}
