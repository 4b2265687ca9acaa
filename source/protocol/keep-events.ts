import type { HostEvent } from './host.ts';

/** A host keeps so many of its events, and so does whoever follows it. */
export const KEPT_EVENTS = 256;

/** What a program may say many times a minute. These go first, so that a turning title drives out no question. */
const NOISE: ReadonlySet<HostEvent['type']> = new Set(['title', 'progress', 'bell', 'stirred', 'settled', 'shellMark']);

/** What a program tells of itself goes next: what was done to it, a prompt or a person's key, is said once only. */
const REPORTS: ReadonlySet<HostEvent['type']> = new Set([
  'status',
  'notification',
  'ruleChanged',
  'hook',
  'hookClosed',
]);

/** The events after one more, which always stays. Of too many the oldest of what matters least is forgotten. Pure: a new list. */
export function keepEvents(events: readonly HostEvent[], event: HostEvent): readonly HostEvent[] {
  if (events.length < KEPT_EVENTS) return [...events, event];
  const noise = events.findIndex(({ type }) => NOISE.has(type));
  const report = noise >= 0 ? noise : events.findIndex(({ type }) => REPORTS.has(type));
  return [...events.toSpliced(Math.max(report, 0), 1), event];
}
