import type { SetDeadline } from '../terminal/deadline.ts';

/** Somebody who goes through the list, or types to an agent, presses a key more often than this. Milliseconds. */
const CALM_MS = 120;

/** Waits for a moment in which nobody presses keys, for what would hold up the answer to one. */
export interface Calm {
  /** A key was pressed. */
  readonly touched: () => void;
  /** Resolves in the next pause. Asked for once. */
  readonly wait: () => Promise<void>;
  readonly end: () => void;
}

export function calmOf(setDeadline: SetDeadline): Calm {
  let resolve: (() => void) | undefined;
  let cancel = () => {};
  const begin = () => {
    cancel();
    if (resolve) cancel = setDeadline(CALM_MS, resolve);
  };
  return {
    touched: begin,
    wait: () => {
      const calm = Promise.withResolvers<void>();
      resolve = () => {
        resolve = undefined;
        calm.resolve();
      };
      begin();
      return calm.promise;
    },
    end: () => {
      resolve = undefined;
      cancel();
    },
  };
}
