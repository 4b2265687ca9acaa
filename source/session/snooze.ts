import { clockTime } from '../text/clock.ts';
import type { Activity } from './activity.ts';
import type { Derived } from './derive-status.ts';
import type { Session } from './session.ts';
import { STATUSES, type Status, WAITING_STATUSES } from './status.ts';

/** What waits for the user was put away until later: that, as it was then, and nothing else of its session. */
export interface Snooze {
  /** What was put away (`itemOf`). What comes in its place waits for the user at once. */
  readonly item: string;
  /** Milliseconds since 1970; undefined: until it changes. */
  readonly until: number | undefined;
  readonly at: number;
}

/** For how long something can be put away, as it is offered. */
export const SPANS = {
  tenMinutes: { words: '10 minutes', until: (now: number) => now + 10 * 60_000 },
  hour: { words: 'an hour', until: (now: number) => now + 60 * 60_000 },
  tomorrow: { words: 'tomorrow at 9', until: nextMorning },
  change: { words: 'until it changes', until: () => undefined },
} as const satisfies Record<string, { readonly words: string; readonly until: (now: number) => number | undefined }>;

export type Span = keyof typeof SPANS;

/** Nine o'clock by the clock on the wall here. */
function nextMorning(now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  return date.setHours(9, 0, 0, 0);
}

interface Item {
  readonly session: Pick<Session, 'snoozed'>;
  readonly status: Status;
  readonly since: number;
  readonly activity: Pick<Activity, 'state' | 'since' | 'text'>;
}

/**
 * Names what a session has for the user now. Another question of the same session is another one; the row's line may change under the
 * same question. Of what is put away it is the name that it had before.
 */
export function itemOf({ session, status, since, activity }: Item): string {
  if (status === 'snoozed') return session.snoozed?.item ?? '';
  return activity.state === 'waiting' ? `${status} ${activity.since} ${activity.text ?? ''}` : `${status} ${since}`;
}

/** When what is put away comes back by itself; undefined: nothing is, or it waits for a change. */
export function wakesAt({ life, snoozed }: Pick<Session, 'life' | 'snoozed'>, now: number): number | undefined {
  const isGone = life.name === 'killed' || life.name === 'discarded';
  return !isGone && snoozed?.until !== undefined && snoozed.until > now ? snoozed.until : undefined;
}

/** The status of a session for people: what was put away is so until its time is over, or something else has come in its place. */
export function withSnooze(derived: Derived, { session, activity }: Pick<Item, 'session' | 'activity'>, now: number) {
  const { snoozed } = session;
  const isOver = !snoozed || (snoozed.until !== undefined && snoozed.until <= now);
  if (isOver || snoozed.item !== itemOf({ ...derived, session, activity })) return derived;
  return { ...derived, status: 'snoozed', since: snoozed.at } as const satisfies Derived;
}

/** Why it can't be put away, for people; undefined: it can. */
export function refusalOfSnooze({ status }: Pick<Item, 'status'>): string | undefined {
  if (status === 'snoozed') return 'it is put away already';
  return WAITING_STATUSES.includes(status) ? undefined : 'it does not wait for you';
}

/** `snoozed until 14:20`: the word for a status, with what goes with it. */
export function statusWords({ session, status }: Pick<Item, 'session' | 'status'>): string {
  const { word } = STATUSES[status];
  return status === 'snoozed' ? `${word} ${untilWords(session.snoozed)}` : word;
}

/** `until 14:20`, or `until Mon 9:00` where that is another day than the one on which it was put away. */
export function untilWords(snoozed: Snooze | undefined): string {
  return snoozed?.until === undefined ? 'until it changes' : `until ${clockTime(snoozed.until, snoozed.at)}`;
}
