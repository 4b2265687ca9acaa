import type { System } from '../system/system.ts';

/** setTimeout takes no more than 2^31 - 1 milliseconds; a later deadline is looked at again then. */
const LONGEST = 2 ** 31 - 1;

/**
 * One deadline for each session at most: the next of its time limit, the end of a limit of its account, and that of a snooze. Nothing is
 * looked at before it is due.
 */
export class Deadlines {
  readonly #system: Pick<System, 'now'>;
  readonly #due: (session: string) => void;
  readonly #timers = new Map<string, { readonly at: number; readonly timer: NodeJS.Timeout }>();

  constructor(system: Pick<System, 'now'>, due: (session: string) => void) {
    this.#system = system;
    this.#due = due;
  }

  set(session: string, at: number | undefined): void {
    const old = this.#timers.get(session);
    if (old?.at === at) return;
    clearTimeout(old?.timer);
    this.#timers.delete(session);
    if (at === undefined) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(session);
        this.#due(session);
      },
      Math.min(Math.max(0, at - this.#system.now()), LONGEST),
    );
    this.#timers.set(session, { at, timer });
  }

  clear(): void {
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}

/** The first of these moments; undefined: none of them is to come. */
export function soonest(...moments: readonly (number | undefined)[]): number | undefined {
  const set = moments.filter(moment => moment !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
}
