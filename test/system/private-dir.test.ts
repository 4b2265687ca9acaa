import { chmodSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateDirectory } from '../../source/system/private-dir.ts';
import { tempHome } from './temp-home.ts';

const uid = process.getuid?.() ?? 0;
const mode = (path: string) => lstatSync(path).mode & 0o777;

test('a private directory is made with those above it, closed to others', () => {
  const path = join(tempHome(), 'a', 'b');
  privateDirectory(path, uid);
  expect(mode(path)).toBe(0o700);
});

test('one that is ours and open is closed', () => {
  const path = join(tempHome(), 'open');
  mkdirSync(path);
  chmodSync(path, 0o777);
  privateDirectory(path, uid);
  expect(mode(path)).toBe(0o700);
});

test('one of another user is refused, with what to do', () => {
  const path = join(tempHome(), 'theirs');
  mkdirSync(path);
  expect(() => privateDirectory(path, uid + 1)).toThrow(
    `tutti will not use ${path}, because it belongs to the user with the id ${uid}. Have it removed, or set TUTTI_HOME to another place, and start tutti again.`,
  );
});

test('a symlink is refused, wherever it leads', () => {
  const home = tempHome();
  mkdirSync(join(home, 'real'), { mode: 0o700 });
  symlinkSync(join(home, 'real'), join(home, 'link'));
  expect(() => privateDirectory(join(home, 'link'), uid)).toThrow('because it is not a directory');
});

test('where a file stands in the way the reason is said', () => {
  const home = tempHome();
  writeFileSync(join(home, 'file'), '');
  expect(() => privateDirectory(join(home, 'file', 'below'), uid)).toThrow(/can't be made: ENOTDIR/);
});
