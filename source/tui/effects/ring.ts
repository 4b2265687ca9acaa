import { ACTIVE_MS, isQuiet } from '../../session/quiet.ts';
import { WAITING_STATUSES } from '../../session/status.ts';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import { sumOf } from '../store/tally.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

export interface Bell {
  /** The user has pressed a key. */
  readonly touched: () => void;
  readonly end: () => void;
}

interface BellOptions {
  readonly ring: () => void;
  readonly now: () => number;
  readonly setDeadline: SetDeadline;
  /** The hours of the settings in which it does not ring; what came then is on the screen after them. */
  readonly quiet: string | undefined;
}

/**
 * Rings the bell of the terminal when more waits for the user than before, in whichever repository. As the daemon's word it is held until
 * a while after his last key: what he has answered by then is not rung for.
 */
export function ringForNews(store: Store, { ring, now, setDeadline, quiet }: BellOptions): Bell {
  let known = waiting(store.get().counts);
  let touchedAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};
  const look = () => {
    cancel();
    const count = waiting(store.get().counts) ?? known;
    const left = touchedAt + ACTIVE_MS - now();
    // The first counts are what was there already.
    const isMore = known !== undefined && count !== undefined && count > known;
    if (isMore && left > 0) {
      cancel = setDeadline(left, look);
      return;
    }
    if (isMore && !isQuiet(quiet, now())) ring();
    known = count;
  };
  const unsubscribe = store.subscribe(look);
  return {
    touched: () => {
      touchedAt = now();
    },
    end: () => {
      cancel();
      unsubscribe();
    },
  };
}

function waiting(counts: State['counts']): number | undefined {
  return counts && sumOf(counts, WAITING_STATUSES);
}
