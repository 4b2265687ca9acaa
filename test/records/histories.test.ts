import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoRecords } from '../../source/agents/demo-records.ts';
import type { Row } from '../../source/agents/record-row.ts';
import { KEPT_TURNS } from '../../source/agents/turn-book.ts';
import { Histories } from '../../source/records/histories.ts';

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

function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-histories-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const histories = new Histories();
  let rows = 0;
  const records = {
    ...demoRecords,
    reader: (book: Parameters<typeof demoRecords.reader>[0]) => {
      const read = demoRecords.reader(book);
      return (row: Row) => {
        rows += 1;
        read(row);
      };
    },
  };
  const found = () => histories.read({ records, folder, id: 'c1', cwd: folder });
  return {
    file: join(folder, 'c1.jsonl'),
    rows: () => rows,
    read: async () => (await found())?.history.turns.map(turn => turn.prompt),
    history: async () => {
      const read = await found();
      if (!read) throw new Error('there is no record');
      return read.history;
    },
  };
}
