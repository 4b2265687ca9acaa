export type Happening = 'drawn' | 'typed' | 'cancelled' | 'exited';

/** A redraw comes in several reads; half of one is not judged. */
export const DRAWN_MS = 8;

/** Lets a delivery wait for what happens next instead of looking again and again. */
export class Happenings {
  readonly #now: () => number;
  readonly #waiting = new Set<(happened: Happening) => void>();
  #drawn: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(deadline: number): Promise<Happening | 'deadline'> {
    return new Promise(resolve => {
      const done = (happened: Happening | 'deadline') => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve(happened);
      };
      const timer = setTimeout(() => done('deadline'), Math.max(0, deadline - this.#now()));
      this.#waiting.add(done);
    });
  }

  tell(happened: Happening): void {
    if (this.#waiting.size === 0) return;
    if (happened === 'drawn') {
      this.#drawn ??= setTimeout(() => {
        this.#drawn = undefined;
        this.#release('drawn');
      }, DRAWN_MS);
      return;
    }
    this.#release(happened);
  }

  #release(happened: Happening): void {
    for (const done of [...this.#waiting]) done(happened);
  }
}
