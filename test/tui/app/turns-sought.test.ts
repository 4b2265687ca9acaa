import { expect, test } from 'vitest';
import { pictureOf } from '../../../source/tui/app/screen.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { HISTORY, RECORD_SCENES } from '../record-scenes.ts';

/** As the screen does after it has drawn. */
function settled(state: State): State {
  const { overlay } = state;
  if (overlay?.kind !== 'turns') throw new Error('no history is open');
  const by = pictureOf(state).overlayTop - overlay.top;
  return by === 0 ? state : reduce(state, { type: 'overlayScrolled', by });
}

function sheetRows(state: State) {
  return pictureOf(state).regions.find(({ name }) => name === 'sheet')?.lines ?? [];
}

const textOf = (line: ReturnType<typeof sheetRows>[number] | undefined) => line?.map(({ text }) => text).join('');

const read = (state: State) =>
  reduce(state, { type: 'turnsRead', session: 'aaaa000001', found: HISTORY, trouble: undefined });

test('a history that was opened from a search begins with the chosen turn, and stays where it is scrolled to', () => {
  const { state: opened } = press(RECORD_SCENES.searchHits([60, 16]), 'enter');
  // A key that is pressed before it is read does not lose the way.
  const shown = settled(read(press(opened, 'down').state));
  expect(textOf(sheetRows(shown)[1])).toBe('▌  1h Yes.');
  const { state: back } = press(shown, 'up');
  expect(textOf(sheetRows(settled(back))[2])).toBe('▌  1h Yes.');
  // Read anew, because the status has changed.
  expect(textOf(sheetRows(settled(read(back)))[2])).toBe('▌  1h Yes.');
});

test('the words that were looked for are marked in that turn only', () => {
  const { state: opened } = press(RECORD_SCENES.searchHits([80, 24]), 'down', 'enter');
  const marked = sheetRows(settled(read(opened)))
    .flat()
    .filter(({ role, text }) => role === 'accent' && text !== '▌');
  expect(marked.map(({ text }) => text)).toEqual(['second', 'one']);
});
