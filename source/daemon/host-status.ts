import type { HostEvent, HostStatus } from '../protocol/host.ts';
import { keepEvents } from '../protocol/keep-events.ts';
import type { StatusRecord } from '../terminal/status-report.ts';

/** What a host knows after an event: the daemon keeps the status up to date instead of asking for it again. Pure. */
export function afterHostEvent(status: HostStatus, event: HostEvent): HostStatus {
  const next: HostStatus = { ...status, events: keepEvents(status.events, event) };
  switch (event.type) {
    case 'status':
      return { ...next, records: afterRecord(status.records, event.record) };
    case 'title':
      return { ...next, title: event.title };
    case 'stirred':
      return { ...next, settled: false, changedAt: event.at };
    case 'settled':
      return { ...next, settled: true };
    case 'ruleChanged':
      return { ...next, holding: afterRule(status, event) };
    case 'hook':
      return event.report.asks ? { ...next, asking: [...(status.asking ?? []), event.report] } : next;
    case 'hookClosed':
      return { ...next, asking: (status.asking ?? []).filter(({ id }) => id !== event.id) };
    case 'leaseTaken':
      return { ...next, lease: { holder: 'person', since: event.at, client: event.client } };
    case 'leaseGivenBack':
      return { ...next, lease: { holder: 'automation', since: event.at, client: undefined } };
    case 'exited':
      return { ...next, exit: event.exit };
    case 'progress':
    case 'notification':
    case 'bell':
    case 'shellMark':
    case 'submitted':
    case 'draftStands':
      return next;
    default:
      // An event that a newer host knows: kept, without a meaning here.
      event satisfies never;
      return next;
  }
}

/** A report replaces its record whole; `clear` takes it away with everything below it, without an id all. */
function afterRecord(records: readonly StatusRecord[], record: StatusRecord): readonly StatusRecord[] {
  const others = records.filter(old => old.id !== record.id);
  if (record.state !== 'clear') return [...others, record];
  return record.id === '' ? [] : others.filter(old => !old.id.startsWith(`${record.id}/`));
}

function afterRule(
  status: HostStatus,
  event: HostEvent & { readonly type: 'ruleChanged' },
): NonNullable<HostStatus['holding']> {
  const others = (status.holding ?? []).filter(old => old.rule !== event.rule);
  return event.holds ? [...others, { rule: event.rule, since: event.at }] : others;
}
