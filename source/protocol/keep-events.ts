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

/** So many reports of something that goes on are held on to; beyond them the oldest is forgotten like any other. */
const MOST_GOING_ON = KEPT_EVENTS / 2;

/** The events after one more, which always stays. Of too many the oldest of what matters least is forgotten. Pure: a new list. */
export function keepEvents(events: readonly HostEvent[], event: HostEvent): readonly HostEvent[] {
  if (events.length < KEPT_EVENTS) return [...events, event];
  const noise = events.findIndex(({ type }) => NOISE.has(type));
  const report = noise >= 0 ? noise : oldestReport(events, event);
  return [...events.toSpliced(Math.max(report, 0), 1), event];
}

function oldestReport(events: readonly HostEvent[], event: HostEvent): number {
  const kept = goingOn([...events, event]);
  return events.findIndex(each => REPORTS.has(each.type) && !kept.has(each));
}

/** The reports whose end was not told yet: a question or a sub-agent must not be forgotten because much is told of others. */
function goingOn(events: readonly HostEvent[]): ReadonlySet<HostEvent> {
  const kept = new Set<HostEvent>();
  const told = new Set<string>();
  for (const event of events.toReversed()) {
    const fact = event.type === 'hook' ? event.report.fact : undefined;
    if (!fact) continue;
    if ('endsAll' in fact || kept.size === MOST_GOING_ON) break;
    if ('goesOn' in fact && !told.has(fact.goesOn)) kept.add(event);
    told.add('goesOn' in fact ? fact.goesOn : fact.ends);
  }
  return kept;
}
