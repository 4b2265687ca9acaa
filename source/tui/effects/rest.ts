import { isUnread } from '../../session/unread.ts';
import type { Store } from '../store/create-store.ts';
import { selectedView } from '../store/select.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import type { Client } from './performer.ts';

/** So long after the last move the selection rests: the list may take its true order. */
const REST_MS = 800;

/**
 * Watches the selection: when it rests the list settles, and what the user looks at is no longer news.
 */
export function followRest(
  store: Store,
  { client, setDeadline }: { readonly client: Client; readonly setDeadline: SetDeadline },
): Rest {
  let cancel = () => {};
  let { moves } = store.get();
  /** What was looked at last: once, until the selection rests elsewhere. */
  let looked: Looked | undefined;
  /** Marked as unread under the cursor: it stays so until one comes to it anew. */
  let unread: string | undefined;
  let before = selectedView(store.get())?.session;
  const rest = () => {
    store.dispatch({ type: 'rested' });
    const view = selectedView(store.get());
    if (view?.session.id !== looked?.id) looked = undefined;
    if (view?.session.id !== unread) unread = undefined;
    if (!view || !isUnread(view) || unread !== undefined || looked?.since === view.since) return;
    const look: Looked = { id: view.session.id, since: view.since };
    looked = look;
    // Only a mark of having looked: if it fails, the next look sets it.
    client.request('session/see', { session: look.id }).catch(() => {
      if (looked === look) looked = undefined;
    });
  };
  const arm = () => {
    cancel();
    cancel = setDeadline(REST_MS, rest);
  };
  const unsubscribe = store.subscribe(() => {
    const session = selectedView(store.get())?.session;
    if (session && session.id === before?.id && (session.seenAt ?? 0) < (before.seenAt ?? 0)) unread = session.id;
    before = session;
    if (store.get().moves === moves) return;
    moves = store.get().moves;
    arm();
  });
  return {
    touched: () => {
      const view = selectedView(store.get());
      if (view && isUnread(view)) arm();
    },
    end: () => {
      cancel();
      unsubscribe();
    },
  };
}

interface Looked {
  readonly id: string;
  readonly since: number;
}

export interface Rest {
  /** Somebody is at the keys, so he sees what has become of the selected session. */
  readonly touched: () => void;
  readonly end: () => void;
}
