import { type Unseen, unseenHere } from '../store/seen.ts';
import type { World } from './performer.ts';

/**
 * Asks whether the user's terminal shows what the inbox does, whenever that has changed: a key from before is for what stood there before,
 * also where the line is slow or the machine busy. Returns what ends it.
 */
export function keepSeen({ store, now }: Pick<World, 'store' | 'now'>, shown: () => Promise<void>): () => void {
  let asked: Unseen | undefined;
  const look = () => {
    const unseen = unseenHere(store.get());
    if (!unseen || (asked && unseen.read === asked.read && unseen.alike === asked.alike)) return;
    asked = unseen;
    void shown().then(() => store.dispatch({ type: 'inboxSeen', ...unseen, at: now() }));
  };
  return store.subscribe(look);
}
