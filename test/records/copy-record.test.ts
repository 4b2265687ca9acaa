import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { copyRecord } from '../../source/records/copy-record.ts';

let from: string;
let to: string;
const place = 'projects/-home-ana-shop/c1.jsonl';
const write = (folder: string, text: string) => {
  mkdirSync(dirname(join(folder, place)), { recursive: true });
  writeFileSync(join(folder, place), text);
};
const copy = () => copyRecord({ parts: ['projects', '*', 'c1.jsonl'], from, to });
const copied = () => readFileSync(join(to, place), 'utf8');

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'tutti-copy-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  from = join(root, 'a');
  to = join(root, 'b');
});

test('a record comes to the same place, again when it has more, and stays where it was', async () => {
  write(from, 'one\n');
  await copy();
  expect(copied()).toBe('one\n');
  write(from, `one\n${'two\n'.repeat(300_000)}`);
  await copy();
  await copy();
  expect(copied()).toBe(readFileSync(join(from, place), 'utf8'));
  expect(globSync('**/*.tutti', { cwd: to })).toEqual([]);
});

test('one that has gone on by itself over there is not touched, and one that is not there is said', async () => {
  await expect(copy()).rejects.toThrow(`There is no record of the conversation in ${from}.`);
  write(from, 'one\ntwo\n');
  for (const other of ['one\nelse\n', 'one\ntwo\nthree\n']) {
    write(to, other);
    await expect(copy()).rejects.toThrow('Both stay as they are.');
    expect(copied()).toBe(other);
  }
});
