import { expect, test } from 'vitest';
import type { SessionView } from '../../../source/protocol/daemon.ts';
import { formatStatus } from '../../../source/terminal/format-status.ts';
import { parseStatus } from '../../../source/terminal/status-parse.ts';
import { fleetRecords } from '../../../source/tui/outward/fleet-records.ts';
import { windowTitle } from '../../../source/tui/outward/fleet-words.ts';
import { leaveSequence } from '../../../source/tui/terminal/sequences.ts';
import { fedScreen } from '../../terminal/fed-screen.ts';
import { stateAt } from '../shown.ts';
import { fleetOf, viewOf } from '../views.ts';

const stateOf = (...views: readonly SessionView[]) =>
  stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }]);

const id = (n: number) => `aaaa${String(n).padStart(6, '0')}`;

/** State and kind of the one session's record; undefined: it has none. */
function recordOf(view: SessionView) {
  const [, record] = fleetRecords(stateOf(view));
  return record && [record.state, record.kind];
}

test.each<[string, Omit<Parameters<typeof viewOf>[0], 'id'>, readonly unknown[] | undefined]>([
  ['a permission', { status: 'needsYou', activity: { kind: 'permission' } }, ['blocked', 'permission']],
  ['a plan', { status: 'needsYou', activity: { kind: 'plan' } }, ['blocked', 'permission']],
  ['a question', { status: 'needsYou', activity: { kind: 'question' } }, ['blocked', 'question']],
  ['a prompt that was not delivered', { status: 'needsYou' }, ['blocked', undefined]],
  ['failed', { status: 'failed' }, ['error', undefined]],
  ['stalled', { status: 'stalled' }, ['error', undefined]],
  ['ready', { status: 'ready' }, ['done', undefined]],
  ['ready, and looked at', { status: 'ready', session: { seenAt: Number.MAX_SAFE_INTEGER } }, ['idle', undefined]],
  ['a login', { status: 'needsYou', activity: { kind: 'auth' } }, ['blocked', 'auth']],
  ['changes requested', { status: 'changesRequested' }, ['done', undefined]],
  ['queued', { status: 'queued' }, ['working', undefined]],
  ['preparing', { status: 'preparing' }, ['working', undefined]],
  ['working', { status: 'working', activity: { kind: 'permission' } }, ['working', undefined]],
  ['checking', { status: 'checking' }, ['working', undefined]],
  ['merging', { status: 'merging' }, ['working', undefined]],
  ['idle', { status: 'idle' }, ['idle', undefined]],
  ['paused', { status: 'paused' }, ['idle', undefined]],
  ['merged', { status: 'merged' }, ['done', undefined]],
  ['merged, and looked at', { status: 'merged', session: { seenAt: Number.MAX_SAFE_INTEGER } }, undefined],
  ['exited', { status: 'exited' }, ['done', undefined]],
  ['exited, and looked at', { status: 'exited', session: { seenAt: Number.MAX_SAFE_INTEGER } }, undefined],
  ['unknown', { status: 'unknown' }, undefined],
  ['put away', { status: 'snoozed' }, undefined],
  ['archived', { status: 'archived' }, undefined],
])('%s', (_, options, expected) => {
  expect(recordOf(viewOf({ id: id(1), ...options }))).toEqual(expected);
});

test('the fleet is what is most urgent in it, with its numbers; a session has its title and a word of ours', () => {
  const asks = { status: 'needsYou', line: 'approve rm -rf build', activity: { kind: 'permission' } } as const;
  const state = stateOf(
    viewOf({ id: id(1), title: 'Works\u202e on', status: 'working' }),
    viewOf({ id: id(2), title: 'Asks', ...asks }),
  );
  expect(fleetRecords(state)).toEqual([
    { state: 'blocked', id: 'tutti', app: 'tutti', message: '1 needs you, 1 working' },
    { state: 'blocked', id: 'tutti/0002', kind: 'permission', app: 'claude', title: 'Asks', message: 'needs you' },
    { state: 'working', id: 'tutti/0001', app: 'claude', title: 'Works on', message: 'working' },
  ]);
  expect(windowTitle(state)).toBe('tutti: 1 needs you, 1 working');
});

test('what needs the user elsewhere counts, although its session is not listed', () => {
  const state = stateOf(viewOf({ id: id(1), status: 'working' }));
  const counts = {
    ...stateOf(viewOf({ id: id(1), status: 'working' }), viewOf({ id: id(2), status: 'failed' })).counts,
  };
  const [root] = fleetRecords({ ...state, counts: counts as NonNullable<typeof state.counts> });
  expect(root).toMatchObject({ state: 'error', message: '1 failed, 1 working' });
});

test.each(['preparing', 'merging', 'queued'] as const)('what is %s elsewhere is work that goes on', status => {
  const state = stateOf(viewOf({ id: id(1) }));
  const { counts } = stateOf(viewOf({ id: id(1) }), viewOf({ id: id(2), status }));
  expect(fleetRecords({ ...state, counts })[0]).toMatchObject({ state: 'working', message: '1 working' });
});

test('63 sessions at most, the most urgent of them; a filter hides none', () => {
  const views = Array.from({ length: 70 }, (_, n) => viewOf({ id: id(n), status: n === 69 ? 'failed' : 'idle' }));
  const records = fleetRecords({ ...stateOf(...views), filter: 'nothing' });
  expect(records).toHaveLength(64);
  expect(records[1]).toMatchObject({ state: 'error', id: 'tutti/0069' });
});

test('a title is cut to the bytes that a terminal takes, between characters', () => {
  const [, record] = fleetRecords(stateOf(viewOf({ id: id(1), title: '全'.repeat(100) })));
  expect(record?.title).toBe('全'.repeat(64));
});

const HARD: readonly [string, Parameters<typeof viewOf>[0]][] = [
  ['a title of more than the wire takes', { id: id(1), title: '全'.repeat(500) }],
  [
    'a title with what a terminal would obey, and what nobody sees',
    { id: id(1), title: 'a\x1b]0;b\x07c\u200b\u2066\x00d\n' },
  ],
  ['a title that is blank', { id: id(1), title: ' \u200b ' }],
  [
    'an agent of the settings, with any name',
    { id: id(1), session: { agent: agentOf(`my agent: "größer" ${'x'.repeat(60)}`) } },
  ],
  ['an agent whose name has nothing of it', { id: id(1), session: { agent: agentOf('代理') } }],
  [
    'what it asks, as long as it likes',
    { id: id(1), status: 'needsYou', line: 'x'.repeat(9000), activity: { kind: 'question' } },
  ],
];

function agentOf(kind: string) {
  return { ...viewOf({ id: id(1) }).session.agent, kind };
}

test.each(HARD)('every report is one that a terminal takes, read back as it was meant: %s', (_, options) => {
  for (const record of fleetRecords(stateOf(viewOf(options)))) {
    const bytes = formatStatus(record);
    const body = bytes.slice('\x1b]7501;'.length, -2);
    expect(body).toMatch(/^(?:[a-z]+=[\w.,+/=-]*(?::|$))+$/u);
    const read = parseStatus(body, bytes.length);
    expect(read).toEqual({ ...record, ...(record.title === '' ? { title: undefined } : {}) });
  }
});

test('a tutti inside of a tutti is one session there, its own sessions are the children of its record', () => {
  const asks = viewOf({ id: id(2), status: 'needsYou', activity: { kind: 'permission' } });
  const inner = fleetRecords(stateOf(viewOf({ id: id(1), status: 'working' }), asks));
  const { screen } = fedScreen();
  screen.feed(Buffer.from(inner.map(formatStatus).join('')));
  expect(screen.records.map(record => [record.id, record.state])).toEqual([
    ['tutti', 'blocked'],
    ['tutti/0002', 'blocked'],
    ['tutti/0001', 'working'],
  ]);
  screen.feed(Buffer.from(leaveSequence({ title: undefined })));
  expect(screen.records).toEqual([]);
});

test('nothing is said before the fleet is known, and nothing of it where there is none', () => {
  expect(fleetRecords(stateAt([120, 40], []))).toEqual([]);
  expect(windowTitle(stateAt([120, 40], []))).toBe('tutti');
  expect(fleetRecords(stateOf())).toEqual([{ state: 'idle', id: 'tutti', app: 'tutti', message: 'nothing needs you' }]);
});
