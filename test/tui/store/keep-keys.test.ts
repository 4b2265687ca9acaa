import { describe, expect, test } from 'vitest';
import { handleKey, handleMouse, handlePaste } from '../../../source/tui/keymap/handle-input.ts';
import type { Action } from '../../../source/tui/store/action.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { keyNamed } from '../key-named.ts';
import { fleetAt, shown, stateAt } from '../shown.ts';
import { fleetOf, pictureFleet, type ViewOptions, viewOf } from '../views.ts';

const SIZE = [120, 40] as const;
const FIRST = 'aaaa000001';
const TITLE = 'Fix flaky checkout test';
const focused = fleetAt(SIZE, { type: 'viewChosen', view: 'pane' });

const changed = (options: Partial<ViewOptions>): Action => ({
  type: 'sessionChanged',
  view: viewOf({ id: FIRST, title: TITLE, ...options }),
});
const ENDED = changed({
  panes: [],
  session: { end: { cause: 'exit', code: 0, signal: undefined, text: 'claude has ended.', at: 1 } as never },
});
const KILLED = changed({ panes: [], session: { life: { name: 'killing', step: 'snapshot' } } });
const REMOVED: Action = { type: 'sessionRemoved', id: FIRST };
const OTHERS: Action = { type: 'fleetWatched', fleet: fleetOf(pictureFleet().slice(1)) };

/** `tutti attach` to the first session. */
function attached(...actions: readonly Action[]): State {
  const fleet = { type: 'fleetWatched', fleet: fleetOf(pictureFleet()) } as const;
  return stateAt(SIZE, [fleet, { type: 'selected', id: FIRST }, ...actions], { attached: true, view: 'zoom' });
}

const printable = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/?[]', 'space'];

function expectSwallowed(state: State, ...more: readonly string[]): void {
  for (const name of [...printable, 'enter', 'tab', 'backspace', 'up', 'ctrl-c', 'ctrl-d', ...more]) {
    const { actions = [], acts } = handleKey(state, keyNamed(name));
    expect(acts, name).toBeUndefined();
    expect(actions.reduce(reduce, state), name).toEqual(state);
  }
  const paste = { type: 'paste', text: 'Dy', bytes: Buffer.alloc(0), raw: Buffer.alloc(0) } as const;
  expect((handlePaste(state, paste).actions ?? []).reduce(reduce, state)).toEqual(state);
}

describe('the program that had the keys is gone', () => {
  test.each([
    ['its agent has ended', ENDED, `"${TITLE}": claude has ended`],
    ['it was killed', KILLED, `"${TITLE}" was killed`],
    ['it was paused', changed({ panes: [], session: { life: { name: 'paused' } } }), `"${TITLE}" was paused`],
    ['it was removed', REMOVED, `"${TITLE}" is no longer listed here`],
    ['another fleet came', OTHERS, `"${TITLE}" is no longer listed here`],
  ])('%s: what is typed does nothing until the user has seen it', (_name, action, what) => {
    const state = reduce(focused, action);
    expect(state).toMatchObject({ view: 'list', overlay: { kind: 'gone', what } });
    expect(shown(state)).toContain(what);
    expect(shown(state)).toContain('What you type goes nowhere; ctrl-q leads back to the list.');
    expectSwallowed(state);
    for (const name of ['ctrl-q', 'escape']) {
      const seen = (handleKey(state, keyNamed(name)).actions ?? []).reduce(reduce, state);
      expect(seen).toMatchObject({ view: 'list', overlay: undefined });
    }
  });

  test.each([
    ['its agent has ended', ENDED],
    ['it was killed', KILLED],
    ['it was removed', REMOVED],
    ['another fleet came', OTHERS],
  ])('%s, in an attach: no other session takes its place, and only the leaving key does something', (_name, action) => {
    const state = reduce(attached(), action);
    expect(state).toMatchObject({ selected: FIRST, view: 'zoom', overlay: { kind: 'gone' } });
    expect(shown(state)).toContain('What you type goes nowhere; ctrl-q leaves.');
    expectSwallowed(state, 'escape');
    expect(handleKey(state, keyNamed('ctrl-q')).acts).toEqual([{ type: 'quit' }]);
  });

  test('in an attach it may run again: enter goes to it', () => {
    const state = reduce(reduce(attached(), ENDED), changed({}));
    expect(shown(state)).toContain('It runs again; enter goes to it.');
    const back = (handleKey(state, keyNamed('enter')).actions ?? []).reduce(reduce, state);
    expect(back).toMatchObject({ view: 'zoom', overlay: undefined });
  });

  test('what one word said, the next does not take back', () => {
    const state = [KILLED, REMOVED].reduce(reduce, focused);
    expect(state.overlay).toMatchObject({ kind: 'gone', what: `"${TITLE}" was killed` });
  });

  test('a shell that was awaited was refused', () => {
    const state = reduce(reduce(fleetAt(SIZE), { type: 'shellAwaited' }), { type: 'shellRefused' });
    expect(state.overlay).toMatchObject({ kind: 'gone', what: 'No shell was opened' });
  });

  test('where the terminal is too small, too', () => {
    const state = reduce(reduce(focused, KILLED), { type: 'resized', columns: 20, rows: 5 });
    expectSwallowed(state);
    expect(shown(state)).toContain('ctrl-q, then q');
  });

  test('a click on another session shows that the list is back', () => {
    const state = reduce(focused, REMOVED);
    const press = { action: 'press', button: 'left', x: 5, y: 2, ctrl: false, alt: false, shift: false } as const;
    const list = { x: 0, y: 1, columns: 38, rows: 30 };
    const event = { type: 'mouse', raw: Buffer.alloc(0), ...press } as const;
    const { actions = [] } = handleMouse(state, event, { list, shown: undefined });
    expect(actions.reduce(reduce, state).overlay).toBeUndefined();
  });
});

test('who is in the list loses nothing when a program ends', () => {
  expect(reduce(fleetAt(SIZE), ENDED).overlay).toBeUndefined();
});

test('no word of the daemon gives the keys of an attach to a session that was not asked for', () => {
  const first = stateAt(SIZE, [OTHERS], { attached: true, view: 'zoom' });
  expect(first.selected).toBeUndefined();
  expectSwallowed(first, 'escape');
});

test('an attach to a program that has ended: only the leaving key does something', () => {
  const state = attached(ENDED, { type: 'overlayClosed' });
  expectSwallowed(state, 'escape');
  expect(handleKey(state, keyNamed('ctrl-q')).acts).toEqual([{ type: 'quit' }]);
  expect(shown(state)).toContain('ctrl-q leaves');
});

test('a pane that has the keys keeps them when a filter does not match its session any more', () => {
  const filtered = fleetAt(SIZE, { type: 'filterChanged', filter: 'flaky' }, { type: 'viewChosen', view: 'pane' });
  const renamed = reduce(filtered, changed({ title: 'Another name' }));
  expect(renamed).toMatchObject({ selected: FIRST, view: 'pane', overlay: undefined });
});
