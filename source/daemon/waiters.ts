import type { Session } from '../session/session.ts';

/** Who waits for a session to come to something. Looked at when it changes, so nobody asks again and again. */
export class Waiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  changed(session: string): void {
    for (const look of this.#waiting.get(session) ?? []) look();
  }

  /** Answers with the first value that is not undefined, now or after a change. */
  async until<Value>(session: string, ask: () => Value | undefined): Promise<Value> {
    const now = ask();
    if (now !== undefined) return now;
    const waiting = this.#waiting.get(session) ?? new Set();
    this.#waiting.set(session, waiting);
    return new Promise((resolve, reject) => {
      const look = () => {
        try {
          const value = ask();
          if (value === undefined) return;
          resolve(value);
        } catch (thrown) {
          reject(thrown);
        }
        waiting.delete(look);
        if (waiting.size === 0) this.#waiting.delete(session);
      };
      waiting.add(look);
    });
  }
}

/** Nothing of a chain is under way: what an act of the user began is done, or has failed. */
export function isAtRest({ life, host }: Session): boolean {
  switch (life.name) {
    case 'creating':
    case 'pausing':
    case 'resuming':
    case 'killing':
    case 'undoing':
    case 'discarding':
      return false;
    case 'live':
      return host.state !== 'starting';
    case 'paused':
    case 'killed':
    case 'discarded':
      return true;
    default:
      return life satisfies never;
  }
}
