import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHint } from '../../../source/tui/effects/first-hint.ts';
import { readLastWords } from '../../../source/tui/effects/last-words.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt } from '../shown.ts';
import { viewOf } from '../views.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-tui-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The selected session's agent ended, and its host kept this. */
function ended(output: string | undefined) {
  if (output !== undefined) writeFileSync(join(folder, `output.${'0'.repeat(16)}`), output);
  const store = createStore(fleetAt([120, 40]));
  readLastWords(store, () => 80);
  const pane = { role: 'agent', name: 'agent-1', bundle: folder, running: false } as const;
  store.dispatch({
    type: 'sessionChanged',
    view: viewOf({ id: 'aaaa000001', status: 'needsYou', minutes: 14, panes: [pane] }),
  });
  return store.get().lastWords;
}

test('the last screen of a program that ended is what stood there, without its escapes', () => {
  expect(ended('\x1b[1mone\x1b[m\r\ntwo\x1b[2Dwo\r\n\r\n')).toEqual({ bundle: folder, lines: ['one', 'two'] });
});

test('of a long output only the end is read, from the beginning of a line', () => {
  const words = ended([...new Array(2_000).fill('x'.repeat(100)), 'the end'].join('\r\n'));
  expect(words?.lines.at(-1)).toBe('the end');
  expect(words?.lines.length).toBeLessThanOrEqual(37);
});

test('where nothing was kept there is nothing to show, and nothing breaks', () => {
  rmSync(folder, { recursive: true });
  expect(ended(undefined)).toEqual({ bundle: folder, lines: [] });
});

test('the first hint is given once', () => {
  const state = join(folder, 'state');
  const first = readHint(state);
  expect(first.first).toBe(true);
  first.shown();
  expect(readHint(state).first).toBe(false);
});
