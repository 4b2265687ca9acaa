import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ledger } from '../../source/store/ledger.ts';
import { CREATED, eventAt, LIVE, sessionAfter } from '../session/make.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-ledger-'));
  path = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => Ledger.open(path, 1).ledger;
const events = LIVE.map((fact, at) => eventAt(at + 1, fact));

test('what was appended is there after it was opened again', () => {
  const first = open();
  expect(first.append(events)).toEqual([sessionAfter(...LIVE)]);
  first.close();
  const again = open();
  expect(again.sessions()).toEqual([sessionAfter(...LIVE)]);
  expect(again.history('s1', 2)).toEqual(events.slice(-2));
  again.close();
});

test('an operation is found again', () => {
  const ledger = open();
  ledger.append([{ ...eventAt(1, CREATED), operation: 'op-1' }]);
  expect(ledger.findOperation('op-1')).toEqual({ session: 's1', at: 1 });
  expect(ledger.findOperation('op-2')).toBeUndefined();
  ledger.close();
});

test('an illegal event writes nothing, nor do those beside it', () => {
  const ledger = open();
  expect(() => ledger.append([eventAt(1, CREATED), eventAt(2, { type: 'creationUndone' })])).toThrow(
    'cannot take creationUndone',
  );
  expect(ledger.sessions()).toEqual([]);
  expect(ledger.history('s1', 9)).toEqual([]);
  ledger.close();
});

test('a damaged ledger is set aside, not written over', () => {
  writeFileSync(path, 'this is no database, and long enough to be read as one'.repeat(50));
  const { ledger, damaged } = Ledger.open(path, 7);
  expect(damaged).toBe(`${path}.damaged-7`);
  expect(readdirSync(folder)).toContain('ledger.db.damaged-7');
  ledger.append(events);
  ledger.close();
});

test('a page that was torn is found when the ledger is opened, also where no session is read from it', () => {
  const first = open();
  first.append(events);
  for (let at = 10; at < 300; at++) first.append([eventAt(at, { type: 'renamed', title: `${at} ${'x'.repeat(100)}` })]);
  first.close();
  const pages = readFileSync(path);
  // In the middle of the events.
  pages.fill(0, pages.length - 3 * 4096, pages.length - 2 * 4096);
  writeFileSync(path, pages);
  const { ledger, damaged } = Ledger.open(path, 7);
  expect(damaged).toBe(`${path}.damaged-7`);
  ledger.close();
});

test('a ledger that another program writes to is healthy: it is said, and not set aside', () => {
  open().close();
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  expect(() => open()).toThrow('Another program has');
  other.close();
  expect(readdirSync(folder).filter(name => name.includes('damaged'))).toEqual([]);
});

test('a session that cannot be read is damage', () => {
  const ledger = open();
  ledger.append(events);
  ledger.close();
  const other = new DatabaseSync(path);
  other.exec("UPDATE sessions SET state = '{torn'");
  other.close();
  expect(Ledger.open(path, 9).damaged).toBe(`${path}.damaged-9`);
});

test('old operations and creations that failed go after a week, sessions never', () => {
  const ledger = open();
  ledger.append(events);
  ledger.append([
    { ...CREATED, session: 's2', at: 1, operation: 'op-old' },
    { session: 's2', at: 2, type: 'effectFailed', effect: 'addWorktree:s2', why: 'x' },
    { session: 's2', at: 3, type: 'creationUndone' },
  ]);
  ledger.close();
  const later = Ledger.open(path, 8 * 24 * 3600_000).ledger;
  expect(later.sessions().map(session => session.id)).toEqual(['s1']);
  expect(later.findOperation('op-old')).toBeUndefined();
  expect(later.history('s2', 9)).toEqual([]);
  later.close();
});

test('a ledger of a newer tutti is refused and left alone', () => {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => open()).toThrow('was written by a newer tutti (schema 99');
});

test('a full disk is said, and what was there stays', () => {
  const ledger = open();
  ledger.append(events);
  ledger.limitPages(12);
  const long = { ...CREATED, session: 's2', at: 9, title: 'x'.repeat(200_000) } as const;
  expect(() => ledger.append([long])).toThrow('the disk is full. Nothing was changed');
  expect(ledger.session('s2')).toBeUndefined();
  ledger.close();
  expect(open().sessions()).toEqual([sessionAfter(...LIVE)]);
});

test('SIGKILL in the middle of writing leaves every event that was acknowledged, and only whole appends', async () => {
  const writer = fork(new URL('./ledger-writer.ts', import.meta.url), [path], { stdio: 'ignore' });
  let told = 0;
  writer.on('message', count => {
    told = Number(count);
    if (told >= 40) writer.kill('SIGKILL');
  });
  await once(writer, 'exit');
  const ledger = open();
  const renames = ledger.history('s1', 100_000).filter(event => event.type === 'renamed').length;
  expect(told).toBeGreaterThanOrEqual(40);
  // Each append has two renames; the last one may have been written and not told.
  expect(renames % 2).toBe(0);
  expect(renames).toBeGreaterThanOrEqual(told);
  expect(ledger.session('s1')?.version).toBe(1 + renames);
  ledger.close();
});
