import { expect, test } from 'vitest';
import { textOf } from '../../../source/tui/store/form.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { fleetAt } from '../shown.ts';

const fleet = fleetAt([120, 40]);
const told = (state: State, ...texts: readonly string[]) =>
  texts.reduce((now, text, at) => reduce(now, { type: 'promptSent', sessions: ['aaaa000001'], text, at }), state);
const typed = ({ overlay }: State) => (overlay?.kind === 'form' ? textOf(overlay.form, 'prompt') : undefined);

const cursorOf = ({ overlay }: State) => {
  const [field] = overlay?.kind === 'form' ? overlay.form.fields : [];
  return field?.kind === 'text' ? field.value.cursor : undefined;
};

test('what was typed is there when the prompt is begun again, for each session its own', () => {
  const { state } = press(fleet, 'i', 'h', 'a', 'l', 'f', 'escape');
  expect(typed(press(state, 'i').state)).toBe('half');
  expect(typed(press(state, 'j', 'i').state)).toBe('');
  const sent = reduce(press(state, 'i').state, { type: 'promptSent', sessions: ['aaaa000001'], text: 'half', at: 1 });
  expect(typed(press(reduce(sent, { type: 'formDone' }), 'i').state)).toBe('');
});

test('↑ at the first line leads to earlier prompts, ↓ at the last one back to what was typed', () => {
  const open = press(told(fleet, 'one', 'two\nlines'), 'i', 'm', 'e').state;
  expect(typed(press(open, 'up').state)).toBe('two\nlines');
  expect(typed(press(open, 'up', 'up').state)).toBe('one');
  expect(typed(press(open, 'up', 'up', 'up').state)).toBe('one');
  // Inside of a text the arrows move.
  expect(typed(press(open, 'up', 'down').state)).toBe('two\nlines');
  expect(typed(press(open, 'up', 'down', 'down').state)).toBe('me');
  expect(typed(press(open, 'up', 'up', 'down', 'down', 'down').state)).toBe('me');
  expect(typed(press(open, 'down').state)).toBe('me');
});

test('an earlier prompt that is changed is a new one, and ↓ does not take it away', () => {
  const open = press(told(fleet, 'one'), 'i', 'up', 'x', 'down').state;
  expect(typed(open)).toBe('onex');
});

test('what was typed before an earlier prompt was changed, or sent, is not lost: ↑ leads to it', () => {
  const changed = press(told(fleet, 'one'), 'i', 'm', 'e', 'up', 'x').state;
  expect(typed(changed)).toBe('onex');
  expect(typed(press(changed, 'up').state)).toBe('me');
  expect(typed(press(changed, 'up', 'up').state)).toBe('one');
  expect(typed(press(changed, 'up', 'down').state)).toBe('onex');
  expect(typed(press(changed, 'escape', 'i', 'up').state)).toBe('me');
  const sent = reduce(press(told(fleet, 'one'), 'i', 'm', 'e', 'up', 'enter').state, { type: 'formDone' });
  expect(typed(press(sent, 'i', 'ctrl-u', 'up').state)).toBe('me');
  // Who came back to it has lost nothing.
  const back = press(told(fleet, 'one'), 'i', 'm', 'e', 'up', 'down').state;
  expect(back.memory.sent).toHaveLength(1);
});

test('in a prompt that is broken into rows the arrows go through all of them before they lead out', () => {
  const long = Array.from({ length: 200 }, (_, at) => at % 10).join('');
  const open = press(told(fleet, long, 'two'), 'i', 'up', 'up').state;
  expect(typed(open)).toBe(long);
  // 79 cells for text and one for the cursor, of which none goes on in the row above.
  const cursors = (state: State, ...keys: readonly string[]) =>
    keys.map((_, at) => cursorOf(press(state, ...keys.slice(0, at + 1)).state));
  expect(cursorOf(open)).toBe(0);
  expect(cursors(open, 'down', 'down', 'down')).toEqual([78, 156, 3]);
  expect(typed(press(open, 'down', 'down', 'down').state)).toBe('two');
  expect(cursors(open, 'end', 'up', 'up')).toEqual([200, 122, 44]);
});

test('marked sessions get the prompt together, in the order of the list', () => {
  const marked = press(fleet, 'space', 'space').state;
  expect(marked.marked.size).toBe(2);
  const { acts } = press(marked, 'i', 'g', 'o', 'enter');
  expect(acts).toEqual([{ type: 'sendPrompt', sessions: ['aaaa000001', 'aaaa000002'], text: 'go' }]);
  expect(press(marked, 'escape').state.marked.size).toBe(0);
  expect(press(fleet, 'space', 'k', 'space').state.marked.size).toBe(0);
});

test('one that is gone is marked no more', () => {
  const marked = press(fleet, 'space', 'space').state;
  const gone = reduce(marked, { type: 'sessionRemoved', id: 'aaaa000001' });
  expect(press(gone, 'i', 'g', 'enter').acts).toEqual([{ type: 'sendPrompt', sessions: ['aaaa000002'], text: 'g' }]);
});

test('ctrl-x interrupts and sends; where that is not known it says so, and sends nothing', () => {
  const open = press(fleet, 'i', 'g', 'o').state;
  expect(press(open, 'ctrl-x').acts).toEqual([
    { type: 'sendPrompt', sessions: ['aaaa000001'], text: 'go', interrupt: true },
  ]);
  const [view] = fleet.sessions.values();
  if (!view) throw new Error('there is no session');
  const cannot = reduce(fleet, {
    type: 'sessionChanged',
    view: { ...view, refused: { interrupt: 'no key is known' } },
  });
  const refused = press(cannot, 'i', 'g', 'o', 'ctrl-x');
  expect(refused.acts).toEqual([]);
  expect(refused.state.overlay).toMatchObject({ form: { trouble: 'Not sent: no key is known. Enter lets it wait.' } });
});
