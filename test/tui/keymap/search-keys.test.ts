import { expect, test } from 'vitest';
import { SEARCH, searchEnter } from '../../../source/tui/keymap/search-keys.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { editorOf } from '../../../source/tui/text/editor.ts';
import { RECORD_SCENES } from '../record-scenes.ts';
import { fleetAt } from '../shown.ts';

const withQuery = (text: string): State =>
  reduce(fleetAt([80, 24]), { type: 'overlayOpened', overlay: { ...SEARCH, query: editorOf(text) } });

test('enter looks for the words once, and then opens the history of the chosen one', () => {
  expect(searchEnter(withQuery('  '))).toEqual({});
  const typed = withQuery(' two words ');
  const { actions = [], acts } = searchEnter(typed);
  expect(acts).toEqual([{ type: 'searchHistories', query: 'two words' }]);
  const asked = actions.reduce(reduce, typed);
  expect(searchEnter(asked)).toEqual({});
  const found = RECORD_SCENES.searchHits([80, 24]);
  expect(searchEnter(found)).toMatchObject({
    actions: [
      {
        type: 'overlayOpened',
        overlay: {
          kind: 'turns',
          session: 'aaaa000001',
          sought: { turn: { prompt: 'Yes.' }, words: ['second', 'one'] },
        },
      },
    ],
  });
  // Typed on, it is looked for anew.
  const more = reduce(found, { type: 'overlayEdited', edit: { type: 'insert', text: 'x' } });
  expect(searchEnter(more).acts).toEqual([{ type: 'searchHistories', query: 'second onex' }]);
});

test('an answer to other words than those that were asked for last comes too late', () => {
  const asked = reduce(withQuery('new'), { type: 'searchAsked', query: 'new' });
  const late = reduce(asked, { type: 'searched', query: 'old', hits: [], trouble: undefined });
  expect(late).toBe(asked);
  const now = reduce(asked, { type: 'searched', query: 'new', hits: [], trouble: undefined });
  expect(now.overlay).toMatchObject({ hits: [] });
});
