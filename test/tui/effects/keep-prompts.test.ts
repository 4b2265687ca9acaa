import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPrompts } from '../../../source/tui/effects/keep-prompts.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt } from '../shown.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-prompts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function screen(at = folder) {
  const store = createStore(fleetAt([120, 40]));
  const failed: string[] = [];
  const end = keepPrompts(store, at, text => failed.push(text));
  return { store, end, failed };
}

const SENT = { type: 'promptSent', sessions: ['aaaa000001'], text: 'Fix it', at: 1 } as const;

test('the next start finds what was sent, readable by the user alone', () => {
  screen(join(folder, 'state')).store.dispatch(SENT);
  expect(screen(join(folder, 'state')).store.get().memory.sent).toEqual([
    { sessions: ['aaaa000001'], text: 'Fix it', at: 1 },
  ]);
  expect(statSync(join(folder, 'state/prompts.json')).mode & 0o777).toBe(0o600);
});

test('two screens at once keep the prompts of both', () => {
  const [one, other] = [screen(), screen()];
  one.store.dispatch(SENT);
  other.store.dispatch({ ...SENT, text: 'And this', at: 2 });
  expect(
    screen()
      .store.get()
      .memory.sent.map(({ text }) => text),
  ).toEqual(['And this', 'Fix it']);
});

test('a file that is broken holds nothing and stops nobody; one that cannot be written is said', () => {
  writeFileSync(join(folder, 'prompts.json'), '{"sent": [1, {"text": "x"}], "drafts": {"a": 2, "b": "kept"}}');
  expect(screen().store.get().memory).toEqual({ sent: [], drafts: { b: 'kept' } });
  const file = join(folder, 'prompts.json');
  const { store, failed } = screen(file);
  store.dispatch(SENT);
  expect(failed[0]).toContain(`What you typed can't be kept in ${file}/prompts.json`);
  expect(store.get().memory.sent).toHaveLength(1);
  expect(readFileSync(file, 'utf8')).toContain('kept');
});

test('nothing is written where nothing has changed', () => {
  const { store } = screen();
  store.dispatch({ type: 'moved', by: 1 });
  expect(() => statSync(join(folder, 'prompts.json'))).toThrow('ENOENT');
});
