export interface PacedWriterOptions {
  /** Writes without blocking; answers how many bytes were taken, 0 when there is no room now. */
  readonly write: (bytes: Uint8Array) => number;
  /** All that was given has been written. */
  readonly onEmpty?: () => void;
}

/** A terminal's input buffer takes 4 KB at once. */
const PIECE = 4096;

/** So many pieces in one go, then output is read: a program that echoes would else wait for us, and we for it. */
const PIECES_IN_A_GO = 16;

/** The first wait when a program does not read. Each further one is twice as long, so that one that never reads costs nothing. */
const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 500;

/**
 * Writes to a PTY in order and loses nothing. The system does not say through Node when there is room again, so it is tried
 * again by a timer that grows slower, and at once when the program has printed something (`hint`): most programs that read
 * also answer.
 */
export class PacedWriter {
  readonly #options: PacedWriterOptions;
  #queue: Uint8Array[] = [];
  #pending = 0;
  #wait = FIRST_WAIT_MS;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(options: PacedWriterOptions) {
    this.#options = options;
  }

  /** Bytes that the program has not taken yet. */
  get pending(): number {
    return this.#pending;
  }

  push(bytes: Uint8Array): void {
    if (this.#stopped || bytes.byteLength === 0) return;
    this.#queue.push(bytes);
    this.#pending += bytes.byteLength;
    if (!this.#timer && !this.#soon) this.#go();
  }

  hint(): void {
    this.#wait = FIRST_WAIT_MS;
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#soon = setImmediate(() => this.#go());
  }

  /** The program is gone: what it did not read nobody reads. Nothing is written to the descriptor any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#queue = [];
    this.#pending = 0;
  }

  #go(): void {
    this.#soon = undefined;
    this.#timer = undefined;
    for (let piece = 0; piece < PIECES_IN_A_GO; piece++) {
      const head = this.#queue[0];
      if (!head) break;
      const taken = this.#options.write(head.subarray(0, PIECE));
      if (this.#stopped) return;
      if (taken === 0) {
        this.#later();
        return;
      }
      this.#wait = FIRST_WAIT_MS;
      this.#pending -= taken;
      if (taken === head.byteLength) this.#queue.shift();
      else this.#queue[0] = head.subarray(taken);
    }
    if (this.#queue.length > 0) this.#soon = setImmediate(() => this.#go());
    else this.#options.onEmpty?.();
  }

  #later(): void {
    this.#timer = setTimeout(() => this.#go(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}
