import type { World } from './performer.ts';

/** Often enough for a daemon that tells elsewhere only who has pressed no key for a minute. */
const GAP_MS = 20_000;

/** Returns what tells the daemon that its user is here: not at each key. One that is away or older is told in vain. */
export function sayActive({ client, now }: Pick<World, 'client' | 'now'>): () => void {
  let said = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - said < GAP_MS) return;
    said = now();
    client.request('client/active', null).catch(() => {});
  };
}
