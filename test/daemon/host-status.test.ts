import { expect, test } from 'vitest';
import { afterHostEvent } from '../../source/daemon/host-status.ts';
import type { HostEvent, HostStatus } from '../../source/protocol/host.ts';
import type { StatusRecord } from '../../source/terminal/status-report.ts';

const status: HostStatus = {
  session: 's',
  name: 'agent-1',
  role: 'agent',
  hostPid: 1,
  programPid: 2,
  startedAt: 0,
  columns: 80,
  rows: 24,
  sequence: 0,
  title: '',
  modes: {} as HostStatus['modes'],
  lease: { holder: 'automation', since: 0, client: undefined },
  records: [],
  events: [],
  changedAt: undefined,
  settled: true,
  exit: undefined,
};

/** What the status says after some events, without the events themselves. */
const after = (...events: readonly object[]) => {
  const end = events.reduce<HostStatus>(
    (now, event, index) => afterHostEvent(now, { n: index + 1, at: index + 1, ...event } as HostEvent),
    status,
  );
  return Object.fromEntries(
    Object.entries(end).filter(([key, value]) => key !== 'events' && value !== status[key as keyof HostStatus]),
  );
};
const record = (state: StatusRecord['state'], id = '') => ({ type: 'status', record: { state, id, at: 1 } });
const exit = { code: 0, signal: undefined, at: 1, lastLines: [] };

test.each([
  ['a title', [{ type: 'title', title: 'x' }], { title: 'x' }],
  ['a cell changed', [{ type: 'stirred' }], { settled: false, changedAt: 1 }],
  ['no cell has changed for a while', [{ type: 'stirred' }, { type: 'settled' }], { changedAt: 1 }],
  ['a person typed', [{ type: 'leaseTaken', client: 'c' }], { lease: { holder: 'person', since: 1, client: 'c' } }],
  [
    'given back',
    [{ type: 'leaseTaken', client: 'c' }, { type: 'leaseGivenBack' }],
    { lease: { holder: 'automation', since: 2, client: undefined } },
  ],
  ['an end', [{ type: 'exited', exit }], { exit }],
  ['a rule holds', [{ type: 'ruleChanged', rule: 'r', holds: true }], { holding: [{ rule: 'r', since: 1 }] }],
  [
    'a rule holds no more',
    [
      { type: 'ruleChanged', rule: 'r', holds: true },
      { type: 'ruleChanged', rule: 'r', holds: false },
    ],
    { holding: [] },
  ],
  [
    'a report replaces its record',
    [record('working'), record('done')],
    { records: [{ state: 'done', id: '', at: 1 }] },
  ],
  [
    'children are records of their own',
    [record('done'), record('working', 'a')],
    {
      records: [
        { state: 'done', id: '', at: 1 },
        { state: 'working', id: 'a', at: 1 },
      ],
    },
  ],
  [
    'clear takes a record and what is below it',
    [record('done'), record('working', 'a'), record('working', 'a/b'), record('working', 'ab'), record('clear', 'a')],
    {
      records: [
        { state: 'done', id: '', at: 1 },
        { state: 'working', id: 'ab', at: 1 },
      ],
    },
  ],
  ['clear without an id takes all', [record('working'), record('working', 'a'), record('clear')], { records: [] }],
  ['what is only news', [{ type: 'bell' }, { type: 'submitted', by: 'person' }], {}],
])('%s', (_, events, expected) => {
  expect(after(...events)).toEqual(expected);
});

test('what was done to a program outlives what it says, and what it says its noise', () => {
  let now = afterHostEvent(status, { n: 1, at: 1, type: 'submitted', by: 'automation', operation: 'p1/0' });
  for (let n = 2; n <= 400; n++)
    now = afterHostEvent(now, { n, at: n, ...record('working'), type: 'status' } as HostEvent);
  for (let n = 401; n <= 900; n++) now = afterHostEvent(now, { n, at: n, type: 'title', title: `${n}` });
  expect(now.events[0]).toMatchObject({ type: 'submitted', operation: 'p1/0' });
  expect(now.events.filter(({ type }) => type === 'title')).toHaveLength(1);
  expect(now.events).toHaveLength(256);
});

test('the newest 256 events are kept', () => {
  let now = status;
  for (let n = 1; n <= 300; n++) now = afterHostEvent(now, { n, at: n, type: 'bell' });
  expect([now.events.length, now.events[0]?.n, now.events.at(-1)?.n]).toEqual([256, 45, 300]);
});
