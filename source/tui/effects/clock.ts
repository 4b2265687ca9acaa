import { nextAgeChange } from '../../text/age.ts';
import { FOLLOW_MS, followedPrompt } from '../app/prompt-words.ts';
import type { Store } from '../store/create-store.ts';
import { MESSAGE_MS } from '../store/reduce.ts';
import type { State } from '../store/state.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

/** One deadline for the next moment at which anything that is shown changes by time alone. Returns what ends it. */
export function followClock(
  store: Store,
  options: { readonly now: () => number; readonly setDeadline: SetDeadline },
): () => void {
  const { now, setDeadline } = options;
  let cancel = () => {};
  let armed: number | undefined;
  const arm = () => {
    const moment = nextMoment(store.get(), now());
    if (moment === armed) return;
    cancel();
    armed = moment;
    if (moment === undefined) return;
    cancel = setDeadline(moment - now(), () => {
      armed = undefined;
      store.dispatch({ type: 'ticked', now: now() });
      arm();
    });
  };
  const unsubscribe = store.subscribe(arm);
  arm();
  return () => {
    cancel();
    unsubscribe();
  };
}

/** Undefined: nothing on the screen changes by itself. */
export function nextMoment(state: State, now: number): number | undefined {
  const moments: number[] = [];
  if (state.view !== 'zoom') for (const view of state.sessions.values()) moments.push(nextShownAge(view.since, now));
  const run = state.selected === undefined ? undefined : state.sessions.get(state.selected)?.session.run;
  if (run && !run.held) moments.push(nextShownAge(run.startedAt + run.heldMs, now));
  if (state.message?.tone === 'info') moments.push(state.message.at + MESSAGE_MS);
  const prompt = followedPrompt(state);
  if (prompt && prompt.stateAt + FOLLOW_MS > state.now) moments.push(prompt.stateAt + FOLLOW_MS);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/**
 * An age may be so much late: those of many sessions then change together, and not one after the other, each with a frame of its own.
 * Fifty sessions that were all started within a minute would cost a quarter of a core.
 */
const LATENESS_MS = { seconds: 5_000, longer: 15_000 };

function nextShownAge(since: number, now: number): number {
  const exact = nextAgeChange(since, now);
  const lateness = exact - since < 60_000 ? LATENESS_MS.seconds : LATENESS_MS.longer;
  return Math.ceil(exact / lateness) * lateness;
}
