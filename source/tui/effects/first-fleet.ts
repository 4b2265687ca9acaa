import type { Store } from '../store/create-store.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

/** Resolves when the fleet is known, or after so many milliseconds. */
export function firstFleet(store: Store, setDeadline: SetDeadline, patience: number): Promise<void> {
  return new Promise(resolve => {
    const cancel = setDeadline(patience, resolve);
    void fleetKnown(store).then(() => {
      cancel();
      resolve();
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
