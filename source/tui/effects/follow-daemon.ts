import type { SetDeadline } from '../terminal/deadline.ts';
import { say, type World } from './performer.ts';
import { watchFleet } from './places.ts';

/** A daemon that is back at once is nobody's business. */
const RECONNECTING_AFTER_MS = 300;

/** Takes what the daemon says into the store, and asks for the fleet anew after each connection. Returns what ends it. */
export function followDaemon(world: Pick<World, 'client' | 'store' | 'now'>, setDeadline: SetDeadline): () => void {
  const { client, store } = world;
  let cancel = () => {};
  const fresh = () => void watchFleet(world).catch(thrown => say(world, 'failure', String(thrown?.message ?? thrown)));
  const ends = [
    client.on('session/changed', view => store.dispatch({ type: 'sessionChanged', view })),
    client.on('session/removed', ({ id }) => store.dispatch({ type: 'sessionRemoved', id })),
    client.on('fleet/counted', ({ counts }) => store.dispatch({ type: 'fleetCounted', counts })),
    client.on('notice/raised', notice => store.dispatch({ type: 'noticeRaised', notice })),
    client.on('repository/changed', repository => store.dispatch({ type: 'repositoryChanged', repository })),
    client.on('reconnecting', () => {
      cancel();
      cancel = setDeadline(RECONNECTING_AFTER_MS, () =>
        store.dispatch({ type: 'connectionChanged', connection: 'reconnecting' }),
      );
    }),
    client.on('connected', () => {
      cancel();
      store.dispatch({ type: 'connectionChanged', connection: 'connected' });
      fresh();
    }),
  ];
  fresh();
  let scope = store.get().scope;
  ends.push(
    store.subscribe(() => {
      if (store.get().scope === scope) return;
      scope = store.get().scope;
      fresh();
    }),
  );
  return () => {
    cancel();
    for (const end of ends) end();
  };
}
