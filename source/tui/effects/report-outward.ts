import { formatStatus } from '../../terminal/format-status.ts';
import type { StatusReport } from '../../terminal/status-report.ts';
import { fleetRecords } from '../outward/fleet-records.ts';
import { windowTitle } from '../outward/fleet-words.ts';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import { TITLE } from '../terminal/sequences.ts';

/** Changes go out together after this; what begins or ends to need somebody does not wait. Milliseconds. */
const PAUSE_MS = 250;

/** So often in so many milliseconds that does not wait: an agent may ask and be answered faster than anybody looks. */
const AT_ONCE = { most: 8, ms: 1000 } as const;

export interface Outward {
  /** The terminal has said that it reads program status (OSC 7501). */
  readonly speaks: () => void;
  /** The terminal has been left and entered anew: it knows nothing of before. */
  readonly again: () => void;
  readonly end: () => void;
}

/** Tells the terminal that tutti runs in how its fleet is: by its window's title, and by OSC 7501 where it reads that. Changes only. */
export function reportOutward(
  store: Store,
  options: { readonly say: (bytes: string) => void; readonly setDeadline: SetDeadline },
): Outward {
  const { say, setDeadline } = options;
  let speaks = false;
  let seen = store.get();
  let title: string = TITLE;
  let told = new Map<string, Told>();
  let cancel: (() => void) | undefined;
  let atOnce = 0;
  let cancelCount: (() => void) | undefined;

  const records = (state: State) => toldOf(speaks && !state.attached ? fleetRecords(state) : []);

  const tell = (next = records(store.get())) => {
    cancel?.();
    cancel = undefined;
    const nextTitle = windowTitle(store.get());
    const gone = [...told.keys()].filter(id => !next.has(id));
    const changed = [...next].filter(([id, { bytes }]) => told.get(id)?.bytes !== bytes);
    const words = [
      ...(nextTitle === title ? [] : [`\x1b]0;${nextTitle}\x1b\\`]),
      ...gone.map(id => formatStatus({ state: 'clear', id })),
      ...changed.map(([, { bytes }]) => bytes),
    ];
    title = nextTitle;
    told = next;
    if (words.length > 0) say(words.join(''));
  };

  const mayTellAtOnce = () => {
    if (atOnce === AT_ONCE.most) return false;
    atOnce += 1;
    cancelCount ??= setDeadline(AT_ONCE.ms, () => {
      atOnce = 0;
      cancelCount = undefined;
    });
    return true;
  };

  const look = () => {
    const state = store.get();
    if (sameFleet(seen, state)) return;
    seen = state;
    const next = records(state);
    if (isUrgent(told, next) && mayTellAtOnce()) return tell(next);
    cancel ??= setDeadline(PAUSE_MS, () => tell());
  };

  const unsubscribe = store.subscribe(look);
  return {
    speaks: () => {
      speaks = true;
      tell();
    },
    again: () => {
      title = TITLE;
      told = new Map();
      tell();
    },
    end: () => {
      cancel?.();
      cancelCount?.();
      unsubscribe();
    },
  };
}

interface Told {
  readonly state: StatusReport['state'];
  readonly bytes: string;
}

function toldOf(records: readonly StatusReport[]): Map<string, Told> {
  return new Map(records.map(record => [record.id, { state: record.state, bytes: formatStatus(record) }]));
}

function sameFleet(a: State, b: State): boolean {
  return (
    a.sessions === b.sessions &&
    a.counts === b.counts &&
    a.attached === b.attached &&
    (!a.attached || a.selected === b.selected)
  );
}

/** One begins to need the user, or does so no more. */
function isUrgent(before: ReadonlyMap<string, Told>, after: ReadonlyMap<string, Told>): boolean {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].some(id => {
    const [old, now] = [before.get(id)?.state, after.get(id)?.state];
    return old !== now && [old, now].some(state => state === 'blocked' || state === 'error');
  });
}
