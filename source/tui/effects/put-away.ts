import { SPANS, statusWords, untilWords } from '../../session/snooze.ts';
import type { Act } from '../keymap/act.ts';
import { nameOf, reveal, say, type World } from './performer.ts';

/** Puts away what was shown; in the inbox the next one that waits follows. */
export async function snooze(world: World, { session, item, span }: Extract<Act, { type: 'snooze' }>): Promise<void> {
  const { client, store, now } = world;
  const until = SPANS[span].until(now()) ?? null;
  const view = await client.request('session/snooze', { operation: client.operation(), session, item, until });
  store.dispatch({ type: 'sessionChanged', view });
  store.dispatch({ type: 'putAway', session });
  say(world, 'info', `Put ${nameOf(store.get(), session)} away ${untilWords(view.session.snoozed)}. u brings it back.`);
  const { overlay, selected } = store.get();
  if (overlay?.kind === 'inbox' && selected === session) store.dispatch({ type: 'answered', session });
}

/** Brings it back, and to the user who waits for it. */
export async function wake(world: World, session: string): Promise<void> {
  const { client, store } = world;
  const { moves, overlay } = store.get();
  const view = await client.request('session/wake', { operation: client.operation(), session });
  store.dispatch({ type: 'sessionChanged', view });
  store.dispatch({ type: 'putAway', session: undefined });
  say(world, 'info', `${nameOf(store.get(), session)} is back: ${statusWords(view)}.`);
  reveal(world, session, moves);
  // Its question is read anew.
  if (overlay?.kind === 'inbox' && store.get().overlay?.kind === 'inbox') store.dispatch({ type: 'inboxOpened' });
}

export async function markUnread(world: World, session: string): Promise<void> {
  const { client, store } = world;
  const view = await client.request('session/unsee', { operation: client.operation(), session });
  store.dispatch({ type: 'sessionChanged', view });
  say(world, 'info', `${nameOf(store.get(), session)} is unread again: ${statusWords(view)}.`);
}
