import type { SetDeadline } from '../terminal/deadline.ts';

/** Least time between two frames, milliseconds: what a screen of 60 Hz can show. */
const FRAME_MS = 16;

export interface FramePaceOptions {
  readonly setDeadline: SetDeadline;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Draws all that has changed. False when the terminal has not taken what was written yet: `drained` says when. */
  readonly draw: () => boolean;
}

/** When to draw: the first change at once, then at most once in 16 ms, and never while the terminal lags. */
export class FramePace {
  readonly #options: FramePaceOptions;
  #wanted = false;
  #scheduled = false;
  #draining = false;
  #paused = false;
  #lastFrame = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #waiting: (() => void)[] = [];

  constructor(options: FramePaceOptions) {
    this.#options = options;
  }

  want(): void {
    this.#wanted = true;
    if (this.#scheduled || this.#draining || this.#paused) return;
    this.#scheduled = true;
    const due = this.#lastFrame + FRAME_MS - this.#options.now();
    // A microtask, so that all that one read has brought is one frame.
    if (due <= 0) queueMicrotask(() => this.#frame());
    else this.#cancel = this.#options.setDeadline(due, () => this.#frame());
  }

  drained(): void {
    this.#draining = false;
    if (this.#wanted) this.want();
    this.#settle();
  }

  pause(): void {
    this.#paused = true;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#scheduled = false;
    this.#settle();
  }

  resume(): void {
    this.#paused = false;
    this.want();
  }

  /** Resolves when all that was wanted has been drawn and taken by the terminal. */
  settled(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#settle();
    });
  }

  #frame(): void {
    this.#cancel = undefined;
    if (!this.#scheduled) return;
    this.#scheduled = false;
    this.#wanted = false;
    this.#lastFrame = this.#options.now();
    this.#draining = !this.#options.draw();
    this.#settle();
  }

  #settle(): void {
    const busy = !this.#paused && (this.#wanted || this.#scheduled || this.#draining);
    if (busy) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
