import type { Store } from '../store/create-store.ts';
import { overIn } from '../store/inbox.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

/** A torn frame of a dialog reads as none, until the next one comes. */
const BELIEVED_MS = 1000;

/** Leads on in the inbox when what it shows has asked nothing for a while. Returns what ends it. */
export function leadOn(store: Store, setDeadline: SetDeadline): () => void {
  let over: string | undefined;
  let cancel = () => {};
  const look = () => {
    const session = overIn(store.get())?.session.id;
    if (session === over) return;
    cancel();
    over = session;
    if (session === undefined) return;
    cancel = setDeadline(BELIEVED_MS, () => store.dispatch({ type: 'askedNoMore', session }));
  };
  const unsubscribe = store.subscribe(look);
  return () => {
    cancel();
    unsubscribe();
  };
}
