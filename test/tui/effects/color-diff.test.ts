import { expect, test } from 'vitest';
import { colorDiff } from '../../../source/tui/effects/color-diff.ts';
import { highlight, languageOf } from '../../../source/tui/effects/highlight.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { SCENES } from '../scenes.ts';
import { settled } from './fake-world.ts';

test.each([
  ['a/b.ts', 'ts'],
  ['x.tsx', 'typescript'],
  ['lib.rs', 'rs'],
  ['Makefile', 'makefile'],
  ['notes.unknown', undefined],
])('the language of %s is %s', (path, language) => {
  expect(languageOf(path)).toBe(language);
});

test('a line in its colours is the same text', () => {
  const text = 'const a = "x"; // why';
  const line = highlight('a.ts', text, 'added') ?? [];
  expect(line.map(each => each.text).join('')).toBe(text);
  expect(line.map(each => each.role)).toEqual(['keyword', 'added', 'string', 'added', 'comment']);
  expect(highlight('a.unknown', text, 'plain')).toBeUndefined();
});

test('what is in sight is coloured, what is gone stays red, and nothing is loaded before a diff is looked at', async () => {
  const store = createStore({ ...(SCENES.diff?.([120, 40]) as State), tab: 'agent' });
  let loads = 0;
  const load = async () => {
    loads++;
    return highlight;
  };
  colorDiff(store, load);
  store.dispatch({ type: 'ticked', now: 1 });
  expect(loads).toBe(0);
  store.dispatch({ type: 'tabChosen', tab: 'diff' });
  store.dispatch({ type: 'ticked', now: 2 });
  await settled();
  expect(loads).toBe(1);
  const colored = store.get().diff?.rows.map(row => 'colored' in row && row.colored !== undefined);
  expect(colored).toEqual([false, false, true, false, true, true, true, false, false, true]);
});
