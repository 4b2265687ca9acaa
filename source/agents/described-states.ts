import type { HostStatus, NamedRule } from '../protocol/host.ts';
import type { Activity } from '../session/activity.ts';
import type { Claim } from '../session/claim.ts';
import { ruleOf, type StateRule } from './description.ts';

/** What the host watches for of a user's rules; the names are those under which `tutti why` shows them. */
export function watchedOf(states: readonly StateRule[]): readonly NamedRule[] {
  return states.flatMap((state, index) => {
    const rule = ruleOf(state, wordsOf(state));
    return rule ? [{ name: nameOf(state, index), rule }] : [];
  });
}

/** The first of a user's rules that holds. */
function claimOfStates(states: readonly StateRule[], status: HostStatus): Claim | undefined {
  if (status.exit) return undefined;
  for (const [index, state] of states.entries()) {
    const since = heldSince(state, index, status);
    if (since === undefined) continue;
    const text = state.state === 'idle' ? undefined : (state.text ?? DEFAULT_TEXTS[state.state]);
    return {
      source: state.title !== undefined ? 'title' : state.bell ? 'bell' : 'screen',
      state: ACTIVITIES[state.state],
      kind: state.state === 'waiting' ? (state.kind ?? 'question') : undefined,
      text,
      since,
      at: since,
      words: nameOf(state, index),
    };
  }
}

/**
 * What a user wrote down counts before everything that the program says: it is written where that is wrong or too little. How a turn
 * ended is kept from the program's own word where that says the same.
 */
export function activityWithStates(
  states: readonly StateRule[],
  { status, said }: { readonly status: HostStatus; readonly said: Activity },
): Activity {
  const claim = claimOfStates(states, status);
  if (!claim) return said;
  const { source, state, kind, text, since, words } = claim;
  const same = said.state === state;
  return {
    state,
    kind,
    outcome: same ? said.outcome : undefined,
    text: same ? (said.text ?? text) : text,
    since: same && said.outcome !== undefined ? said.since : since,
    evidence: [
      { source, claim: words, at: since, agrees: true },
      // Who disagreed with what was said before still says something else than that; more is not known of it.
      ...said.evidence.map(line => ({ ...line, agrees: line.agrees && (same || said.state === 'unknown') })),
    ],
  };
}

function heldSince(state: StateRule, index: number, status: HostStatus): number | undefined {
  if (state.bell) {
    const rung = status.events.findLast(({ type }) => type === 'bell');
    const sent = status.events.findLast(({ type }) => type === 'submitted');
    return rung && rung.at >= (sent?.at ?? 0) ? rung.at : undefined;
  }
  if (state.title !== undefined) {
    if (!new RegExp(state.title, 'u').test(status.title)) return undefined;
    return status.events.findLast(({ type }) => type === 'title')?.at ?? status.startedAt;
  }
  return status.holding?.find(({ rule }) => rule === nameOf(state, index))?.since;
}

const ACTIVITIES = { waiting: 'waiting', working: 'busy', background: 'busy', idle: 'idle' } as const;

const DEFAULT_TEXTS = {
  waiting: 'it asks something',
  working: undefined,
  background: 'work in the background',
} as const;

function nameOf({ state }: StateRule, index: number): string {
  return `your rule ${index + 1}: ${state}`;
}

function wordsOf({ state, text }: StateRule): string {
  return text ?? (state === 'idle' ? 'its input box' : (DEFAULT_TEXTS[state] ?? state));
}
