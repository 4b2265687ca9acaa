import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPrompts } from '../../../source/tui/effects/keep-prompts.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { promptForm } from '../../../source/tui/store/session-forms.ts';
import { StillClock } from '../compositor/viewer.ts';
import { fleetAt } from '../shown.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-prompts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function screen(at = folder) {
  const store = createStore(fleetAt([120, 40]));
  const failed: string[] = [];
  const clock = new StillClock();
  const process = new EventEmitter();
  const end = keepPrompts(store, {
    folder: at,
    // As the screen does: a word on it is a change of the store too.
    onFailed: text => {
      failed.push(text);
      store.dispatch({ type: 'said', tone: 'failure', text, at: 0 });
    },
    setDeadline: clock.setDeadline,
    process: process as unknown as NodeJS.Process,
  });
  const type = (text: string) => store.dispatch({ type: 'overlayEdited', edit: { type: 'insert', text } });
  return { store, end, failed, clock, process, type };
}

const PROMPT = { type: 'overlayOpened', overlay: { kind: 'form', form: promptForm(['aaaa000001']) } } as const;
const drafts = () => screen().store.get().memory.drafts;

const SENT = { type: 'promptSent', sessions: ['aaaa000001'], text: 'Fix it', at: 1 } as const;

test('the next start finds what was sent, readable by the user alone', () => {
  screen(join(folder, 'state')).store.dispatch(SENT);
  expect(screen(join(folder, 'state')).store.get().memory.sent).toEqual([
    { sessions: ['aaaa000001'], text: 'Fix it', at: 1 },
  ]);
  expect(statSync(join(folder, 'state/prompts.json')).mode & 0o777).toBe(0o600);
});

test('what a screen left that was killed while it wrote is taken away, what another one is writing is not', () => {
  const half = (pid: number) => `.prompts.json.${pid}.4.tmp`;
  const names = [half(spawnSync(process.execPath, ['-e', '']).pid), half(process.ppid)];
  for (const name of names) writeFileSync(join(folder, name), '');
  screen();
  expect(readdirSync(folder)).toEqual(names.slice(1));
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
  expect(failed).toEqual([expect.stringContaining(`What you typed can't be kept in ${file}/prompts.json`)]);
  expect(store.get().memory.sent).toHaveLength(1);
  expect(readFileSync(file, 'utf8')).toContain('kept');
});

test('nothing is written where nothing has changed', () => {
  const { store } = screen();
  store.dispatch({ type: 'moved', by: 1 });
  expect(() => statSync(join(folder, 'prompts.json'))).toThrow('ENOENT');
});

test('what is being typed is kept a moment later, once for all of its keys', () => {
  const { store, clock, type } = screen();
  store.dispatch(PROMPT);
  expect(clock.pending).toBe(0);
  type('long ');
  type('thoughts');
  expect(clock.pending).toBe(1);
  clock.pass(999);
  expect(drafts()).toEqual({});
  clock.pass(1);
  expect(drafts()).toEqual({ aaaa000001: 'long thoughts' });
  expect(store.get().overlay).toMatchObject({ form: { fields: [{ value: { text: 'long thoughts' } }] } });
  expect(clock.pending).toBe(0);
  type('!');
  clock.pass(1000);
  expect(drafts()).toEqual({ aaaa000001: 'long thoughts!' });
});

test('a screen that ends in the middle of a word keeps it, by itself and by a signal or a bug', () => {
  const [quit, ended] = [screen(), screen()];
  quit.store.dispatch(PROMPT);
  quit.type('by q');
  quit.end();
  expect(drafts()).toEqual({ aaaa000001: 'by q' });
  expect([quit.clock.pending, quit.process.listenerCount('exit')]).toEqual([0, 0]);
  ended.store.dispatch(PROMPT);
  ended.type('by a signal');
  ended.process.emit('exit');
  expect(drafts()).toEqual({ aaaa000001: 'by a signal' });
});

test('what is on its way is no draft of what was typed before it', () => {
  const { store, clock, type } = screen();
  store.dispatch(SENT);
  store.dispatch(PROMPT);
  type('half');
  store.dispatch({ type: 'promptRecalled', by: 1 });
  store.dispatch({ type: 'formSent' });
  clock.pass(1000);
  expect(drafts()).toEqual({ aaaa000001: 'Fix it' });
});
