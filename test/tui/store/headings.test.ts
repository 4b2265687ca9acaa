import { expect, test } from 'vitest';
import { listRows } from '../../../source/tui/store/list-rows.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { shown, stateAt } from '../shown.ts';
import { fleetOf, viewOf } from '../views.ts';

/** Headings, and the last letter of each id below; `!` behind one whose heading is another's. */
const rows = (state: State) =>
  listRows(state).flatMap(row => {
    if (row.kind === 'detail') return [];
    return row.kind === 'heading' ? [row.text] : [`${row.id.slice(-1)}${row.astray ? '!' : ''}`];
  });

const fleet = [
  viewOf({ id: 'a', status: 'ready', minutes: 9 }),
  viewOf({ id: 'b', status: 'ready', minutes: 8 }),
  viewOf({ id: 'c', status: 'working' }),
];
const goesOn = {
  type: 'sessionChanged',
  view: viewOf({ id: 'a', title: 'Alto', status: 'working', minutes: 0 }),
} as const;

test('a row that keeps its place among others says its own state', () => {
  const state = stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(fleet) }, goesOn]);
  expect(state.selected).toBe('a');
  expect(rows(state)).toEqual(['Ready for review', 'a!', 'b', 'Working', 'c']);
  expect(shown(state)).toMatch(/▌⠋ Alto +working │/);
  expect(rows(reduce(reduce(state, { type: 'moved', by: 1 }), { type: 'rested' }))).toEqual([
    'Ready for review',
    'b',
    'Working',
    'c',
    'a',
  ]);
});

test('one that is alone under its heading gets the one that is true of it, together with its neighbours', () => {
  const [ready, , working] = fleet;
  const views = [ready, working, viewOf({ id: 'd', status: 'idle' })].flatMap(view => view ?? []);
  const state = stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }, goesOn]);
  expect(rows(state)).toEqual(['Working', 'a', 'c', 'Idle', 'd']);
  expect(shown(state)).toMatch(/▌⠋ Alto +0s │/);
});

test('where the list does not fit, a heading counts what stands under it', () => {
  const views = Array.from({ length: 30 }, (_, index) => viewOf({ id: `w${index}`, status: 'working' }));
  const first = viewOf({ id: 'a', status: 'ready' });
  const state = stateAt([80, 24], [{ type: 'fleetWatched', fleet: fleetOf([first, ...views]) }]);
  expect(rows(state)[0]).toBe('Ready for review (1)');
  expect(rows(reduce(state, goesOn))[0]).toBe('Working (31)');
});

test('what nothing is known of is not called idle', () => {
  const views = [viewOf({ id: 'a', status: 'idle' }), viewOf({ id: 'b', status: 'unknown' })];
  expect(rows(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }]))).toEqual([
    'Idle',
    'a',
    'Unknown',
    'b',
  ]);
});
