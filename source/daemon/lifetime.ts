/** Without anything to do a daemon ends after this. */
export const IDLE_MS = 60_000;

/** Ends an idle daemon by one deadline, which anything that happens takes away. */
export class Lifetime {
  readonly #options: { readonly idleMs: number; readonly isNeeded: () => boolean; readonly end: () => void };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { readonly idleMs: number; readonly isNeeded: () => boolean; readonly end: () => void }) {
    this.#options = options;
  }

  /** Called whenever what it is needed for may have changed. */
  look(): void {
    if (this.#options.isNeeded()) {
      this.stop();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#options.isNeeded()) this.#options.end();
    }, this.#options.idleMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
