import type { HostEvent, HostStatus } from '../protocol/host.ts';
import type { StatusRecord } from '../terminal/status-report.ts';
import type { Claim } from './claim.ts';

/**
 * What the agent itself says by OSC 7501: a root record and one for each sub-agent or background work. A child that works keeps
 * it busy whatever the root says; a blocked one needs the user. Undefined where it never reported anything. OSC 9;4 is in here too: the
 * screen turns it into the root record until the first report.
 */
export function claimOfStatus(status: Pick<HostStatus, 'records' | 'events' | 'startedAt'>): Claim | undefined {
  const now = summaryOf(status.records);
  const reports = status.events.filter(event => event.type === 'status');
  if (!now) return reports.length > 0 ? silent(reports.at(-1)?.at ?? status.startedAt) : undefined;
  return {
    source: 'osc7501',
    ...now.claim,
    text: textOf(now.record),
    at: now.record.at,
    since: sinceOf(status, reports, now),
    words: wordsOf(now.record),
  };
}

interface Summary {
  readonly claim: Pick<Claim, 'state' | 'kind' | 'outcome'>;
  /** The record that decides. */
  readonly record: StatusRecord;
}

/** Blocked before working before what the root says; without a root, what its children say. */
function summaryOf(records: readonly StatusRecord[]): Summary | undefined {
  const blocked = newest(records, 'blocked');
  if (blocked) return { claim: { state: 'waiting', kind: blocked.kind }, record: blocked };
  const root = records.find(record => record.id === '');
  const working = root?.state === 'working' ? root : newest(records, 'working');
  if (working) return { claim: { state: 'busy' }, record: working };
  const record = root ?? records.toSorted((a, b) => b.at - a.at)[0];
  if (!record) return undefined;
  const outcome = record.state === 'done' || record.state === 'error' ? record.state : undefined;
  return { claim: { state: 'idle', outcome }, record };
}

function newest(records: readonly StatusRecord[], state: StatusRecord['state']): StatusRecord | undefined {
  return records.filter(record => record.state === state).toSorted((a, b) => b.at - a.at)[0];
}

/**
 * Since when the summary has been the same: a record that is only replaced by one alike does not start anew. But an end that is
 * reported again is the end of another turn, whose beginning was not told.
 */
function sinceOf(
  status: Pick<HostStatus, 'records'>,
  reports: readonly Extract<HostEvent, { type: 'status' }>[],
  now: Summary,
): number {
  const table = new Map<string, StatusRecord>();
  let since = now.record.at;
  let last = '';
  for (const { record, at } of reports) {
    if (record.state === 'clear') clear(table, record.id);
    else table.set(record.id, record);
    const summary = summaryOf([...table.values()]);
    const key = JSON.stringify(summary?.claim);
    const isEnd = record.id === '' && summary?.claim.outcome !== undefined;
    if (key !== last || isEnd) since = at;
    last = key;
  }
  // Older reports may have left the ring: then the record's own time is the best that is known.
  return last === JSON.stringify(now.claim)
    ? since
    : Math.max(now.record.at, ...status.records.map(record => record.at));
}

function clear(table: Map<string, StatusRecord>, id: string): void {
  if (id === '') table.clear();
  for (const key of [...table.keys()]) if (key === id || key.startsWith(`${id}/`)) table.delete(key);
}

function silent(at: number): Claim {
  return { source: 'osc7501', state: 'unknown', since: at, at, words: 'took back what it had reported' };
}

function textOf(record: StatusRecord): string | undefined {
  return record.message ?? record.title;
}

function wordsOf(record: StatusRecord): string {
  const parts: string[] = [record.state];
  if (record.kind) parts.push(record.kind);
  if (record.progress !== undefined) parts.push(`${record.progress} %`);
  if (record.message) parts.push(`"${record.message}"`);
  return parts.join(', ') + (record.id === '' ? '' : ` (${record.title ?? record.id})`);
}
