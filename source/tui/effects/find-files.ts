import type { State } from '../store/state.ts';
import type { World } from './performer.ts';

/** Rows that are offered at once. */
const MOST = 6;

/**
 * Asks for the files that an `@` in a prompt wants, whenever its letters change: one question at a time, and what was typed meanwhile is
 * asked with the next one. Returns what ends it.
 */
export function findFiles({ store, client }: Pick<World, 'store' | 'client'>): () => void {
  let asking = false;
  const look = async () => {
    const wanted = wantedFiles(store.get());
    if (asking || !wanted) return;
    asking = true;
    // A daemon of before has no answer: nothing is offered then, and the `@` is only a letter.
    const { paths } = await client.request('file/find', { ...wanted, most: MOST }).catch(() => ({ paths: [] }));
    asking = false;
    store.dispatch({ type: 'filesFound', letters: wanted.letters, paths });
    void look();
  };
  return store.subscribe(() => void look());
}

function wantedFiles({ overlay }: State) {
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'prompt') return undefined;
  const { offer, purpose } = overlay.form;
  const [session] = purpose.sessions;
  if (offer?.kind !== 'files' || offer.left || offer.found?.letters === offer.letters) return undefined;
  return session === undefined ? undefined : { session, letters: offer.letters };
}
