import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeHalfWritten, writeAtomic } from '../../source/system/atomic-write.ts';
import { tempHome } from './temp-home.ts';

test('a file is replaced whole, for the user alone, and no temporary one stays', () => {
  const home = tempHome();
  const path = join(home, 'record.json');
  writeFileSync(path, 'old and long');
  writeAtomic(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(home)).toEqual(['record.json']);
});

test('where the name is taken by a directory nothing changes and nothing is left', () => {
  const home = tempHome();
  mkdirSync(join(home, 'record.json'));
  writeFileSync(join(home, 'record.json', 'kept'), '');
  expect(() => writeAtomic(join(home, 'record.json'), 'new')).toThrow();
  expect(readdirSync(home)).toEqual(['record.json']);
});

test('what a process left that was ended before its rename is taken away, and nothing else', () => {
  const home = tempHome();
  const names = [
    '.record.json.12.3.tmp',
    '.record.json.swp',
    '.other.json.12.3.tmp',
    'record.json.12.3.tmp',
    'record.json',
  ];
  for (const name of names) writeFileSync(join(home, name), '');
  removeHalfWritten(home, 'record.json');
  expect(readdirSync(home).toSorted()).toEqual(names.slice(1).toSorted());
  removeHalfWritten(join(home, 'not there'), 'record.json');
});

test('of a file that others write as well, only what is of processes that have ended is taken away', () => {
  const home = tempHome();
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  const [theirs, ofTheEnded, ours] = [process.ppid, ended, process.pid].map(pid => `.record.json.${pid}.1.tmp`);
  for (const name of [theirs, ofTheEnded, ours]) writeFileSync(join(home, `${name}`), '');
  removeHalfWritten(home, 'record.json', { shared: true });
  expect(readdirSync(home)).toEqual([theirs]);
});
