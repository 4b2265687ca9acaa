import { expect, test } from 'vitest';
import type { SessionView } from '../../../source/protocol/daemon.ts';
import { fleetRecords } from '../../../source/tui/outward/fleet-records.ts';
import { windowTitle } from '../../../source/tui/outward/fleet-words.ts';
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
  ['checking', { status: 'checking' }, ['working', undefined]],
  ['idle', { status: 'idle' }, ['idle', undefined]],
  ['paused', { status: 'paused' }, ['idle', undefined]],
  ['merged', { status: 'merged' }, ['done', undefined]],
  ['merged, and looked at', { status: 'merged', session: { seenAt: Number.MAX_SAFE_INTEGER } }, undefined],
  ['unknown', { status: 'unknown' }, undefined],
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

test('nothing is said before the fleet is known, and nothing of it where there is none', () => {
  expect(fleetRecords(stateAt([120, 40], []))).toEqual([]);
  expect(windowTitle(stateAt([120, 40], []))).toBe('tutti');
  expect(fleetRecords(stateOf())).toEqual([{ state: 'idle', id: 'tutti', app: 'tutti', message: 'nothing needs you' }]);
});
