import type { Action } from './action.ts';
import { reduce } from './reduce.ts';
import type { State } from './state.ts';

/** Holds the one state and tells who listens. */
export interface Store {
  readonly get: () => State;
  readonly dispatch: (action: Action) => void;
  /** Returns what ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore(start: State): Store {
  let state = start;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: action => {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
