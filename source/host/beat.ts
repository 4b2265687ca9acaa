/**
 * Does something at once when it is asked for, and then at most once in so many milliseconds: what is asked for meanwhile is
 * done together at the end of that time. A stream of output costs one timer and no more.
 */
export class Beat {
  readonly #gapMs: number;
  readonly #now: () => number;
  readonly #act: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { readonly gapMs: number; readonly now: () => number; readonly act: () => void }) {
    this.#gapMs = options.gapMs;
    this.#now = options.now;
    this.#act = options.act;
  }

  ask(): void {
    if (this.#timer) return;
    const wait = this.#last + this.#gapMs - this.#now();
    // A clock that was set back must not silence it.
    if (wait <= 0 || wait > this.#gapMs) this.#run();
    else this.#timer = setTimeout(() => this.#run(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    this.#last = this.#now();
    this.#act();
  }
}
