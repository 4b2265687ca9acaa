import { Beat } from './beat.ts';

export interface SettleOptions {
  readonly settleMs: number;
  readonly now: () => number;
  /** True when a visible cell has changed since it was asked last. */
  readonly drainChanged: () => boolean;
  readonly onStirred: () => void;
  readonly onSettled: () => void;
}

/**
 * Comparing cells costs as much as parsing a few KB, and each look is a wake-up of its own: while a program prints, this often is
 * precise enough for a rest of seconds, and soon enough for a prompt's receipt.
 */
const LOOK_MS = 250;

/** Tells when a screen moves and when it rests. A redraw that changes no cell is no movement. One deadline, set once for each rest. */
export class Settle {
  readonly #options: SettleOptions;
  readonly #beat: Beat;
  #deadline: NodeJS.Timeout | undefined;
  #changedAt: number | undefined;
  #settled = true;
  #changes = 0;
  /** The next change is told even though the screen never came to rest before it. */
  #awaited = false;

  constructor(options: SettleOptions) {
    this.#options = options;
    this.#beat = new Beat({ gapMs: LOOK_MS, now: options.now, act: () => this.look() });
  }

  get changedAt(): number | undefined {
    return this.#changedAt;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** The program has printed something. */
  printed(): void {
    this.#beat.ask();
  }

  /** Something was submitted: the first change after it is an answer, also on a screen that moved already. */
  submitted(): void {
    this.look();
    this.#awaited = true;
  }

  /** Looks now; answers how often a change was seen so far, so that two answers tell whether there was one between them. */
  look(): number {
    if (!this.#options.drainChanged()) return this.#changes;
    this.#changes += 1;
    this.#changedAt = this.#options.now();
    this.#deadline ??= setTimeout(() => this.#rest(), this.#options.settleMs);
    if (this.#settled || this.#awaited) {
      this.#settled = false;
      this.#awaited = false;
      this.#options.onStirred();
    }
    return this.#changes;
  }

  stop(): void {
    this.#beat.stop();
    clearTimeout(this.#deadline);
  }

  #rest(): void {
    this.look();
    const { settleMs, now, onSettled } = this.#options;
    const left = (this.#changedAt ?? 0) + settleMs - now();
    if (left > 0) {
      this.#deadline = setTimeout(() => this.#rest(), Math.min(left, settleMs));
      return;
    }
    this.#deadline = undefined;
    this.#settled = true;
    onSettled();
  }
}
