import type { Store } from '../store/create-store.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

/** A daemon that runs has answered by then; one that has to be started is not waited for. */
const PATIENCE_MS = 150;

/**
 * Resolves when the fleet is on the screen, or soon. Loading Ink takes the processor for a while: the list is drawn and its keys
 * work before that.
 */
export function firstFleet(store: Store, setDeadline: SetDeadline): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      cancel();
      unsubscribe();
      resolve();
    };
    const cancel = setDeadline(PATIENCE_MS, done);
    const unsubscribe = store.subscribe(() => {
      if (store.get().counts !== undefined) done();
    });
  });
}

/** Resolves when it is known what there is: from then on keys mean something. */
export function fleetKnown(store: Store): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (store.get().counts === undefined) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}
