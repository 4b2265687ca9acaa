import { appendFileSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentRecords } from '../../source/agents/agent-records.ts';
import { demoRecords } from '../../source/agents/demo-records.ts';
import type { Row } from '../../source/agents/record-row.ts';
import { KEPT_TURNS } from '../../source/agents/turn-book.ts';
import { Histories } from '../../source/records/histories.ts';
import { readDatabase } from '../../source/records/read-database.ts';

const prompt = (text: string, at = 1) => `${JSON.stringify({ type: 'block', block: { type: 'prompt', text }, at })}\n`;

test('only what is new of a record is read, and a half-written line is read when it is whole', async () => {
  const { file, read, rows } = stage();
  writeFileSync(file, prompt('one') + prompt('two').slice(0, 20));
  expect(await read()).toEqual(['one']);
  appendFileSync(file, prompt('two').slice(20) + prompt('three'));
  expect(await read()).toEqual(['one', 'two', 'three']);
  expect(rows()).toBe(3);
  expect(await read()).toEqual(['one', 'two', 'three']);
  expect(rows()).toBe(3);
});

test('a record that was written anew is read anew, also where it is as long', async () => {
  const { file, read } = stage();
  writeFileSync(file, prompt('one') + prompt('taken back'));
  await read();
  writeFileSync(`${file}.new`, prompt('one') + prompt('said again'));
  renameSync(`${file}.new`, file);
  expect(await read()).toEqual(['one', 'said again']);
  writeFileSync(file, prompt('short'));
  expect(await read()).toEqual(['short']);
});

test('one that comes later is found, one that is gone is no more', async () => {
  const { file, read } = stage();
  expect(await read()).toBeUndefined();
  writeFileSync(file, prompt('one'));
  expect(await read()).toEqual(['one']);
  rmSync(file);
  expect(await read()).toBeUndefined();
});

test('two who ask at the same time read it once', async () => {
  const { file, read, rows } = stage();
  writeFileSync(file, prompt('one'));
  expect(await Promise.all([read(), read()])).toEqual([['one'], ['one']]);
  expect(rows()).toBe(1);
});

test('a line across many pieces is one line, and one without bounds is left out', async () => {
  const { file, read } = stage();
  const long = 'x'.repeat(3_000_000);
  writeFileSync(file, prompt('one') + prompt(long) + prompt('y'.repeat(9_000_000)) + prompt('two'));
  const read3 = await read();
  expect(read3?.map(text => text.length)).toEqual([3, 4000, 3]);
  expect(read3?.[1]?.startsWith('xxx')).toBe(true);
});

test('of a long conversation the newest turns are kept, and all are counted', async () => {
  const { file, history } = stage();
  writeFileSync(file, Array.from({ length: KEPT_TURNS + 20 }, (_, n) => prompt(`turn ${n}`)).join(''));
  const { turns, count } = await history();
  expect(count).toBe(KEPT_TURNS + 20);
  expect(turns).toHaveLength(KEPT_TURNS);
  expect(turns.at(0)?.prompt).toBe('turn 20');
});

test('of a folder whose newest record is meant, one that began since is found', async () => {
  const { file, read } = stage({ newest: true, file: () => ['c*.jsonl'] });
  writeFileSync(file, prompt('before the restart'));
  utimesSync(file, 1, 1);
  expect(await read()).toEqual(['before the restart']);
  writeFileSync(file.replace('c1', 'c2'), prompt('after it'));
  expect(await read()).toEqual(['after it']);
});

test('one search after the other over many conversations reads each once, until they are too long together', async () => {
  const all = async (many: ReturnType<typeof stage>) => {
    for (let n = 0; n < 60; n++) await many.read(`s${n}`);
  };
  const many = stage();
  for (let n = 0; n < 60; n++) writeFileSync(many.file.replace('c1', `s${n}`), prompt(`in ${n}`));
  await all(many);
  await all(many);
  expect(many.rows()).toBe(60);
  const few = stage({}, { most: 1000 });
  for (const id of ['s1', 's2', 's1', 's2']) {
    writeFileSync(few.file.replace('c1', id), prompt('x'.repeat(900)));
    await few.read(id);
  }
  expect(few.rows()).toBe(4);
});

test('a database is read piece by piece: between them others have their turn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-histories-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = new DatabaseSync(join(folder, 'x.db'));
  database.exec('CREATE TABLE said (id INTEGER, text TEXT)');
  for (let n = 0; n < 40; n++) database.prepare('INSERT INTO said VALUES (?, ?)').run(n, `text ${n}`);
  database.close();
  const rows: Row[] = [];
  const query = {
    keys: { sql: 'SELECT id AS key FROM said ORDER BY id', parameters: [] },
    rowsOf: 'SELECT text FROM said WHERE id = ?',
  };
  const reading = readDatabase(join(folder, 'x.db'), query, row => rows.push(row));
  await setImmediate();
  expect(rows.length).toBeLessThan(20);
  await reading;
  expect(rows.map(({ text }) => text)).toEqual(Array.from({ length: 40 }, (_, n) => `text ${n}`));
});

function stage(more: Partial<AgentRecords> = {}, remembered: { readonly most?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-histories-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const histories = new Histories(remembered);
  let rows = 0;
  const records = {
    ...demoRecords,
    ...more,
    reader: (book: Parameters<typeof demoRecords.reader>[0]) => {
      const read = demoRecords.reader(book);
      return (row: Row) => {
        rows += 1;
        read(row);
      };
    },
  };
  const found = (id = 'c1') => histories.read({ records, folder, id, cwd: folder });
  return {
    file: join(folder, 'c1.jsonl'),
    rows: () => rows,
    read: async (id?: string) => (await found(id))?.history.turns.map(turn => turn.prompt),
    history: async () => {
      const read = await found();
      if (!read) throw new Error('there is no record');
      return read.history;
    },
  };
}
