import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from '../../source/system/make-directory.ts';
import { tempHome } from './temp-home.ts';

test('makes what is missing, and leaves what is there', () => {
  const home = tempHome();
  makeDirectory(join(home, 'a/b/c'), 0o700);
  makeDirectory(join(home, 'a/b'));
  expect(statSync(join(home, 'a/b/c')).mode & 0o777).toBe(0o700);
});

test('says what is in the way, also where the system makes no directories', () => {
  const home = tempHome();
  writeFileSync(join(home, 'file'), '');
  expect(() => makeDirectory(join(home, 'file/a/b'))).toThrow('ENOTDIR');
  expect(() => makeDirectory(join(home, 'file'))).toThrow('EEXIST');
  expect(() => makeDirectory('/proc/nope/tutti')).toThrow(/ENOENT|EACCES|EROFS/);
});
