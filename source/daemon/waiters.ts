import { TuttiError } from '../protocol/rpc.ts';
import type { Session } from '../session/session.ts';

/** Who waits for a session to come to something. Looked at when it changes, so nobody asks again and again. */
export class Waiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Of how many sessions something is waited for. */
  get size(): number {
    return this.#waiting.size;
  }

  changed(session: string): void {
    for (const look of this.#waiting.get(session) ?? []) look();
  }

  /** Answers with the first value that is not undefined, now or after a change. Who has left waits for nothing any more. */
  async until<Value>(session: string, ask: () => Value | undefined, left?: AbortSignal): Promise<Value> {
    const now = ask();
    if (now !== undefined) return now;
    const waiting = this.#waiting.get(session) ?? new Set();
    this.#waiting.set(session, waiting);
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(look);
        if (waiting.size === 0 && this.#waiting.get(session) === waiting) this.#waiting.delete(session);
        left?.removeEventListener('abort', give);
      };
      const give = () => {
        leave();
        reject(new TuttiError('cancelled', 'The client has gone.'));
      };
      const look = () => {
        try {
          const value = ask();
          if (value === undefined) return;
          resolve(value);
        } catch (thrown) {
          reject(thrown);
        }
        leave();
      };
      waiting.add(look);
      if (left?.aborted) give();
      else left?.addEventListener('abort', give);
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
