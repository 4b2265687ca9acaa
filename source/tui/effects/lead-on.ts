import { overIn } from '../store/inbox.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import { quoted } from '../text/quoted.ts';
import { say, type World } from './performer.ts';

/** A torn frame of a dialog reads as none, until the next one comes. */
const BELIEVED_MS = 1000;

/** Leads on in the inbox when what it shows has asked nothing for a while, and says so. Returns what ends it. */
export function leadOn(world: Pick<World, 'store' | 'now'>, setDeadline: SetDeadline): () => void {
  const { store } = world;
  let over: string | undefined;
  let cancel = () => {};
  const look = () => {
    const session = overIn(store.get())?.session.id;
    if (session === over) return;
    cancel();
    over = session;
    if (session === undefined) return;
    cancel = setDeadline(BELIEVED_MS, () => {
      const view = overIn(store.get());
      if (!view) return;
      store.dispatch({ type: 'answered', session });
      say(world, 'info', `${quoted(view.session.title)} asks no more.`);
    });
  };
  const unsubscribe = store.subscribe(look);
  return () => {
    cancel();
    unsubscribe();
  };
}
