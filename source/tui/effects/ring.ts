import { STATUSES, type Status } from '../../session/status.ts';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import { sumOf } from '../store/tally.ts';

const NEWS = (Object.keys(STATUSES) as Status[]).filter(status =>
  ['needsYou', 'ready'].includes(STATUSES[status].group),
);

/** Rings the bell of the terminal when more waits for the user than before, in whichever repository. Returns what ends it. */
export function ringForNews(store: Store, ring: () => void): () => void {
  let before = waiting(store.get().counts);
  return store.subscribe(() => {
    const now = waiting(store.get().counts);
    // The first counts are what was there already.
    if (before !== undefined && now !== undefined && now > before) ring();
    before = now ?? before;
  });
}

function waiting(counts: State['counts']): number | undefined {
  return counts && sumOf(counts, NEWS);
}
