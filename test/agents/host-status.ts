import type { HostEvent, HostStatus } from '../../source/protocol/host.ts';
import { UNASKED } from '../../source/terminal/modes.ts';
import type { StatusRecord, StatusReport } from '../../source/terminal/status-report.ts';

/** One thing that happened in a host, in the order of time: a report, a key that submits, a change on the screen, a rule that holds. */
export type Happening =
  | ({ readonly state: StatusReport['state'] } & Partial<StatusReport>)
  | { readonly submitted: true }
  | { readonly drawn: true }
  | { readonly settled: true }
  | { readonly mark: 'A' | 'B' | 'C' | 'D'; readonly exitCode?: number }
  | { readonly progress: number }
  | { readonly bell: true }
  | { readonly holds: string }
  | { readonly hook: string; readonly data?: Readonly<Record<string, unknown>> }
  | { readonly holdsNoMore: string };

/** The status of a host after all that, one second each from 1000 on. */
export function hostStatusAfter(happenings: readonly Happening[]): HostStatus {
  const events: HostEvent[] = [];
  const records = new Map<string, StatusRecord>();
  const holding = new Map<string, number>();
  let changedAt: number | undefined;
  let settled = false;
  happenings.forEach((happening, index) => {
    const at = 1000 * (index + 1);
    const common = { n: index + 1, at };
    if ('state' in happening) {
      const record: StatusRecord = { id: '', ...happening, at };
      events.push({ ...common, type: 'status', record });
      if (record.state !== 'clear') records.set(record.id, record);
      else for (const id of [...records.keys()]) if (record.id === '' || id === record.id) records.delete(id);
    } else if ('submitted' in happening) {
      events.push({ ...common, type: 'submitted', by: 'person' });
    } else if ('drawn' in happening) {
      if (settled) events.push({ ...common, type: 'stirred' });
      settled = false;
      changedAt = at;
    } else if ('settled' in happening) {
      settled = true;
      events.push({ ...common, type: 'settled' });
    } else if ('mark' in happening) {
      events.push({ ...common, type: 'shellMark', mark: happening.mark, exitCode: happening.exitCode });
    } else if ('progress' in happening) {
      // As the screen does until the first report: progress stands for the root record.
      const record: StatusRecord = { id: '', state: happening.progress === 0 ? 'clear' : 'working', at };
      events.push({ ...common, type: 'progress', state: happening.progress, percent: undefined });
      events.push({ ...common, type: 'status', record });
      if (record.state === 'clear') records.delete('');
      else records.set('', record);
    } else if ('bell' in happening) {
      events.push({ ...common, type: 'bell' });
    } else if ('hook' in happening) {
      const { hook: name, data = {} } = happening;
      events.push({ ...common, type: 'hook', report: { id: `1-${name}`, name, at, asks: false, data } });
    } else if ('holds' in happening) {
      holding.set(happening.holds, at);
      events.push({ ...common, type: 'ruleChanged', rule: happening.holds, holds: true });
    } else {
      holding.delete(happening.holdsNoMore);
      events.push({ ...common, type: 'ruleChanged', rule: happening.holdsNoMore, holds: false });
    }
  });
  return {
    session: 's',
    name: 'agent-1',
    role: 'agent',
    hostPid: 1,
    programPid: 2,
    startedAt: 500,
    columns: 80,
    rows: 24,
    sequence: 0,
    title: '',
    modes: UNASKED,
    lease: { holder: 'automation', since: 500, client: undefined },
    records: [...records.values()],
    events,
    changedAt,
    settled,
    exit: undefined,
    holding: [...holding].map(([rule, since]) => ({ rule, since })),
  };
}
