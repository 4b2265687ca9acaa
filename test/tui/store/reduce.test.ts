import { expect, test } from 'vitest';
import type { Action } from '../../../source/tui/store/action.ts';
import { listRows, settledTop } from '../../../source/tui/store/list-rows.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { listedIds } from '../../../source/tui/store/sections.ts';
import { placeOf, selectedView, shownPane, tabsOf } from '../../../source/tui/store/select.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { fleetAt, stateAt } from '../shown.ts';
import { fleetOf, NOW, repositoryOf, runOf, viewOf } from '../views.ts';

const SIZE = [120, 40] as const;
const act = (state: State, ...actions: readonly Action[]) => actions.reduce(reduce, state);
const ids = (state: State) => listedIds(state.sections).map(id => id.slice(-1));

test('the list is grouped, the longest waiting first, and the first one is selected', () => {
  const state = fleetAt(SIZE);
  expect(state.sections.map(section => section.group)).toEqual(['needsYou', 'ready', 'working', 'done']);
  expect(ids(state)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(state.selected).toBe('aaaa000001');
});

test('moving stops at both ends', () => {
  const state = fleetAt(SIZE, { type: 'moved', by: -1 });
  expect(state.selected).toBe('aaaa000001');
  expect(act(state, { type: 'moved', by: Number.POSITIVE_INFINITY }).selected).toBe('aaaa000006');
  expect(act(state, { type: 'moved', by: 2 }, { type: 'moved', by: -1 }).selected).toBe('aaaa000002');
});

test('while the selection moves no row jumps; the new order comes when it rests, with the selection on its session', () => {
  const moving = fleetAt(SIZE, { type: 'moved', by: 1 });
  const idle = viewOf({ id: 'aaaa000001', title: 'Fix flaky checkout test', status: 'idle', minutes: 0 });
  const changed = act(moving, { type: 'sessionChanged', view: idle });
  expect(ids(changed)).toEqual(ids(moving));
  const added = act(changed, {
    type: 'sessionChanged',
    view: viewOf({ id: 'aaaa000007', status: 'ready', minutes: 90 }),
  });
  expect(ids(added)).toEqual(['1', '2', '3', '7', '4', '5', '6']);
  const rested = act(added, { type: 'rested' });
  expect(ids(rested)).toEqual(['2', '7', '3', '4', '5', '1', '6']);
  expect(rested.selected).toBe('aaaa000002');
});

test('without a move the order is the true one at once', () => {
  const idle = viewOf({ id: 'aaaa000002', status: 'idle', minutes: 0 });
  expect(ids(fleetAt(SIZE, { type: 'sessionChanged', view: idle }))).toEqual(['1', '3', '4', '5', '2', '6']);
});

test('a row that needed the user stays under his cursor when it is answered or seen, and finds its place when he moves on', () => {
  const looked = fleetAt(SIZE, { type: 'moved', by: 1 }, { type: 'moved', by: -1 }, { type: 'rested' });
  const answered = viewOf({ id: 'aaaa000001', status: 'idle', minutes: 0 });
  const stays = act(looked, { type: 'sessionChanged', view: answered }, { type: 'ticked', now: NOW + 9_000 });
  expect(ids(stays)).toEqual(['1', '2', '3', '4', '5', '6']);
  // Others find their places meanwhile.
  const other = viewOf({ id: 'aaaa000005', status: 'needsYou', minutes: 30 });
  expect(ids(act(stays, { type: 'sessionChanged', view: other }))).toEqual(['5', '1', '2', '3', '4', '6']);
  const left = act(stays, { type: 'moved', by: 1 });
  expect(ids(left)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(ids(act(left, { type: 'rested' }))).toEqual(['2', '3', '4', '5', '1', '6']);
  // Who types to it is not in the list.
  expect(ids(act(looked, { type: 'viewChosen', view: 'pane' }, { type: 'sessionChanged', view: answered }))).toEqual([
    '2',
    '3',
    '4',
    '5',
    '1',
    '6',
  ]);
});

test('the selected row rises at once when it needs the user', () => {
  const idle = fleetAt(SIZE, { type: 'selected', id: 'aaaa000004' }, { type: 'rested' });
  const asks = viewOf({ id: 'aaaa000004', status: 'needsYou', minutes: 20 });
  expect(ids(act(idle, { type: 'sessionChanged', view: asks }))).toEqual(['4', '1', '2', '3', '5', '6']);
});

test('the only session stands under what it is', () => {
  const one = stateAt(SIZE, [
    { type: 'fleetWatched', fleet: fleetOf([viewOf({ id: 'a', status: 'failed' })]) },
    { type: 'sessionChanged', view: viewOf({ id: 'a', status: 'idle', minutes: 0 }) },
  ]);
  expect(one.sections.map(section => section.group)).toEqual(['idle']);
});

test('a session that goes hands the selection to its neighbour', () => {
  const second = fleetAt(SIZE, { type: 'moved', by: 1 });
  expect(act(second, { type: 'sessionRemoved', id: 'aaaa000002' }).selected).toBe('aaaa000003');
  const last = fleetAt(SIZE, { type: 'selected', id: 'aaaa000006' });
  expect(act(last, { type: 'sessionRemoved', id: 'aaaa000006' }).selected).toBe('aaaa000005');
  const gone = fleetAt(SIZE, { type: 'selected', id: 'nobody' });
  expect(gone.selected).toBe('aaaa000001');
});

test('an older word about a session that comes late changes nothing', () => {
  const newer = viewOf({ id: 'aaaa000001', title: 'New', session: { version: 9 } });
  const older = viewOf({ id: 'aaaa000001', title: 'Old', session: { version: 8 } });
  const state = fleetAt(SIZE, { type: 'sessionChanged', view: newer }, { type: 'sessionChanged', view: older });
  expect(selectedView(state)?.session.title).toBe('New');
});

test('a filter narrows the list by all of its words, and the selection follows', () => {
  const state = fleetAt(SIZE, { type: 'filterChanged', filter: 'NODE upgrade' });
  expect(ids(state)).toEqual(['2']);
  expect(state.selected).toBe('aaaa000002');
  expect(ids(act(state, { type: 'filterChanged', filter: '' }))).toHaveLength(6);
  expect(ids(fleetAt(SIZE, { type: 'filterChanged', filter: 'paused' }))).toEqual(['6']);
});

test('where a filter matches nothing no key acts on what it hides', () => {
  const none = fleetAt(SIZE, { type: 'filterChanged', filter: 'no such title' });
  expect([ids(none), none.selected, press(none, 'D', 'c', 'x').acts]).toEqual([[], undefined, []]);
  expect(press(none, 'D').state.overlay).toBeUndefined();
  const typed = press(fleetAt(SIZE, { type: 'selected', id: 'aaaa000003' }), '/', 'q', 'q').state;
  expect([typed.filter, typed.selected]).toEqual(['qq', undefined]);
  // Who was selected before is so again.
  expect(press(typed, 'escape').state.selected).toBe('aaaa000003');
  expect(press(typed, 'backspace', 'backspace').state.selected).toBe('aaaa000003');
});

test('another session is another pane: tab, focus and scrollback do not come along', () => {
  const checked = viewOf({ id: 'aaaa000001', session: { run: runOf() }, panes: [pane('check-1'), pane('agent-1')] });
  const state = fleetAt(
    SIZE,
    { type: 'sessionChanged', view: checked },
    { type: 'selected', id: 'aaaa000001' },
    { type: 'tabChosen', tab: 'check' },
    { type: 'paneScrolled', rows: 9 },
    { type: 'selected', id: 'aaaa000002' },
  );
  expect(state).toMatchObject({ tab: 'agent', view: 'list', scrolledBack: 0 });
});

test('focus leaves the diff: keys go to a program', () => {
  expect(fleetAt(SIZE, { type: 'tabChosen', tab: 'diff' }, { type: 'viewChosen', view: 'pane' }).tab).toBe('agent');
});

test.each<[string, readonly Action[], Partial<State>, string]>([
  ['nothing is known yet', [], {}, 'connecting'],
  ['sessions', [{ type: 'fleetWatched', fleet: fleetOf([viewOf({ id: 'a' })]) }], {}, 'fleet'],
  ['none', [{ type: 'fleetWatched', fleet: fleetOf([]) }], {}, 'noSessions'],
  ['a plain folder', [{ type: 'fleetWatched', fleet: { ...fleetOf([]), repository: undefined } }], {}, 'noRepository'],
  ['no commit', [{ type: 'fleetWatched', fleet: fleetOf([], repositoryOf({ empty: true })) }], {}, 'emptyRepository'],
  ['refused', [{ type: 'fleetWatched', fleet: fleetOf([], repositoryOf({ refused: 'no' })) }], {}, 'refused'],
  [
    'all, and none',
    [{ type: 'fleetWatched', fleet: { ...fleetOf([]), repository: undefined } }],
    { scope: 'all' },
    'noSessions',
  ],
  ['too small', [], { size: { columns: 59, rows: 24 } }, 'tooSmall'],
])('the place with %s is %s', (_name, actions, start, place) => {
  expect(placeOf(stateAt(SIZE, actions, start))).toBe(place);
});

test('the repository one stands in is known while all are shown', () => {
  const all = fleetAt(
    SIZE,
    { type: 'scopeChosen', scope: 'all' },
    { type: 'fleetWatched', fleet: { ...fleetOf([]), repository: undefined } },
  );
  expect(all.repository?.repository.name).toBe('acme/shop');
});

test('an info goes after five seconds, a failure stays', () => {
  const said = (tone: 'info' | 'failure') => fleetAt(SIZE, { type: 'said', tone, text: 'x', at: NOW });
  expect(act(said('info'), { type: 'ticked', now: NOW + 4_999 }).message).toBeDefined();
  expect(act(said('info'), { type: 'ticked', now: NOW + 5_000 }).message).toBeUndefined();
  expect(act(said('failure'), { type: 'ticked', now: NOW + 60_000 }).message).toBeDefined();
  const notice = { id: 1, at: NOW, tone: 'failure', text: 'It failed.', session: undefined } as const;
  expect(fleetAt(SIZE, { type: 'noticeRaised', notice })).toMatchObject({
    message: { tone: 'failure', text: 'It failed.' },
    messages: [notice],
  });
});

test('rows have two lines where they all fit, else who needs the user and the selected one, else that one alone', () => {
  const detailed = (state: State) => listRows(state).flatMap(row => (row.kind === 'detail' ? [row.id.slice(-1)] : []));
  const at = (size: readonly [number, number]) => fleetAt(size, { type: 'selected', id: 'aaaa000004' });
  expect(detailed(at([120, 40]))).toEqual(['1', '2', '3', '4', '5']);
  expect(detailed(at([80, 24]))).toEqual(['1', '2', '4']);
  expect(detailed(at([120, 16]))).toEqual(['1', '2', '4']);
  expect(detailed(at([120, 14]))).toEqual(['4']);
});

test('the selected row is always in sight, and the list scrolls no more than it must', () => {
  const many = fleetOf(
    Array.from({ length: 60 }, (_, index) => viewOf({ id: `s${String(index).padStart(2, '0')}`, minutes: 60 - index })),
  );
  let state = stateAt([80, 24], [{ type: 'fleetWatched', fleet: many }]);
  const height = 22;
  for (const by of [...Array(70).fill(1), ...Array(70).fill(-1), 30, -7, 12]) {
    const before = state.listTop;
    state = act(state, { type: 'moved', by });
    const at = listRows(state).findIndex(row => row.kind === 'session' && row.id === state.selected);
    expect(at).toBeGreaterThanOrEqual(state.listTop);
    expect(at).toBeLessThan(state.listTop + height);
    if (Math.abs(by) === 1) expect(Math.abs(state.listTop - before)).toBeLessThanOrEqual(2);
    expect(settledTop(state)).toBe(state.listTop);
  }
});

test('the tab of a check is there when a check was', () => {
  expect(tabsOf(viewOf({ id: 'a' }))).toEqual(['agent', 'diff', 'shell']);
  expect(tabsOf(viewOf({ id: 'a', panes: [pane('check-1')] }))).toEqual(['agent', 'diff', 'shell', 'check']);
});

test('of several panes of a role the one with the highest number is shown', () => {
  const view = viewOf({ id: 'aaaa000001', panes: [pane('agent-9'), pane('agent-10'), pane('agent-2')] });
  const state = fleetAt(SIZE, { type: 'sessionChanged', view }, { type: 'selected', id: 'aaaa000001' });
  expect(shownPane(state)?.name).toBe('agent-10');
});

function pane(name: string) {
  return { role: name.replace(/-\d+$/, '') as 'agent' | 'check', name, bundle: `/b/${name}`, running: true };
}
