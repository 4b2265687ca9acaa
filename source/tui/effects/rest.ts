import type { SessionView } from '../../protocol/daemon.ts';
import type { Store } from '../store/create-store.ts';
import { selectedView } from '../store/select.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import type { Client } from './performer.ts';

/** So long after the last move the selection rests: the list may take its true order. */
const REST_MS = 800;

/** States that are news until somebody has looked. */
const NEWS: ReadonlySet<string> = new Set(['ready', 'failed', 'exited', 'merged']);

/**
 * Watches the selection: when it rests the list settles, and what the user looks at is no longer news.
 */
export function followRest(
  store: Store,
  { client, setDeadline }: { readonly client: Client; readonly setDeadline: SetDeadline },
): Rest {
  let cancel = () => {};
  let moves = store.get().moves;
  const seen = new Map<string, number>();
  const rest = () => {
    store.dispatch({ type: 'rested' });
    const view = selectedView(store.get());
    if (!isNews(view) || seen.get(view.session.id) === view.since) return;
    seen.set(view.session.id, view.since);
    // Only a mark of having looked: if it fails, the next look sets it.
    client.request('session/see', { session: view.session.id }).catch(() => seen.delete(view.session.id));
  };
  const arm = () => {
    cancel();
    cancel = setDeadline(REST_MS, rest);
  };
  const unsubscribe = store.subscribe(() => {
    if (store.get().moves === moves) return;
    moves = store.get().moves;
    arm();
  });
  return {
    touched: () => {
      if (isNews(selectedView(store.get()))) arm();
    },
    end: () => {
      cancel();
      unsubscribe();
    },
  };
}

export interface Rest {
  /** Somebody is at the keys, so he sees what has become of the selected session. */
  readonly touched: () => void;
  readonly end: () => void;
}

function isNews(view: SessionView | undefined): view is SessionView {
  return view !== undefined && (view.session.seenAt ?? 0) < view.since && NEWS.has(view.status);
}
