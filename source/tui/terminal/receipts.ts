import type { SetDeadline } from './deadline.ts';

/** Asks a terminal what it is. What it answers is of no interest, that it has come so far is: it answers in the order of what it reads. */
export const ASK_FOR_RECEIPT = '\x1b[c';

/** Longer than a line to the other end of the world takes when it is bad. Milliseconds. */
const PATIENCE = 5000;

interface Asked {
  readonly done: () => void;
  readonly cancel: () => void;
}

/**
 * Tells when the terminal has read what was written to it. Its answer stands between the keys: what was pressed before it was pressed on
 * what stood there before, however long either has been on its way.
 */
export class Receipts {
  readonly #setDeadline: SetDeadline;
  /** Oldest first. */
  #asked: Asked[] = [];
  /** It has let one go by unanswered. A terminal that answers none can be used all the same. */
  #silent = false;

  constructor(setDeadline: SetDeadline) {
    this.#setDeadline = setDeadline;
  }

  /** `ASK_FOR_RECEIPT` is being written. Resolves with its answer, or without one from a terminal that gives none. */
  asked(): Promise<void> {
    return new Promise(resolve => {
      const asked = { done: resolve, cancel: this.#setDeadline(PATIENCE, () => this.#giveUp(asked)) };
      this.#asked.push(asked);
      if (this.#silent) resolve();
    });
  }

  /** The terminal has answered the oldest. */
  take(): void {
    this.#silent = false;
    const oldest = this.#asked.shift();
    oldest?.cancel();
    oldest?.done();
  }

  /** How many answers are still to come. */
  get waiting(): number {
    return this.#silent ? 0 : this.#asked.length;
  }

  /** Nobody waits any more, and what comes is not heard. */
  close(): void {
    for (const { done, cancel } of this.#asked.splice(0)) {
      cancel();
      done();
    }
  }

  /** An answer that was lost must not make the next one count for it. */
  #giveUp(asked: Asked): void {
    this.#silent = true;
    this.#asked = this.#asked.filter(each => each !== asked);
    asked.done();
  }
}
