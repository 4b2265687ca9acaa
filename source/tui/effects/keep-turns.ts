import type { State } from '../store/state.ts';
import type { World } from './performer.ts';

/** Reads a session's history while it is shown, and again whenever its status has changed. Returns what ends it. */
export function keepTurns({ store, client }: Pick<World, 'store' | 'client'>): () => void {
  let asked = '';
  const look = () => {
    const wanted = wantedTurns(store.get());
    if (!wanted) {
      asked = '';
      return;
    }
    const { session, key } = wanted;
    if (key === asked) return;
    asked = key;
    client.request('session/history', { session }).then(
      found => store.dispatch({ type: 'turnsRead', session, found, trouble: undefined }),
      (thrown: unknown) => {
        const trouble = thrown instanceof Error ? thrown.message : String(thrown);
        store.dispatch({ type: 'turnsRead', session, found: undefined, trouble });
      },
    );
  };
  return store.subscribe(look);
}

function wantedTurns({ overlay, sessions }: State): { readonly session: string; readonly key: string } | undefined {
  if (overlay?.kind !== 'turns') return undefined;
  const { session } = overlay;
  const view = sessions.get(session);
  return { session, key: `${session} ${view?.status} ${view?.since}` };
}
