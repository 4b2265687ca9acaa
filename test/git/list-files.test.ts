import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../source/git/list-files.ts';
import { scratch } from './scratch.ts';

test('what git knows or would take, once each, whatever it is called; nothing that is ignored', async () => {
  const { git, repository, write, sh } = scratch();
  const { root } = repository('shop', { 'a.ts': '', 'with blank.ts': '', '.gitignore': 'dist/\n' });
  mkdirSync(join(root, 'dist'));
  write(join(root, 'dist/out.js'), '');
  write(join(root, 'new/naïve "one".ts'), '');
  write(join(root, 'added.ts'), '');
  sh(root, 'add', 'added.ts');
  expect([...(await listFiles(git, root))].sort()).toEqual([
    '.gitignore',
    'a.ts',
    'added.ts',
    'new/naïve "one".ts',
    'with blank.ts',
  ]);
});
