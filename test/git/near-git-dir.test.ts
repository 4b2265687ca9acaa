import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nearGitDir } from '../../source/git/near-git-dir.ts';
import { findPlace } from '../../source/git/repository-place.ts';
import { scratch } from './scratch.ts';

test('what the folders say is what git says: checkout, folder in it, worktree, submodule, link, nothing', async () => {
  const { repository, sh, path, git } = scratch();
  const { root } = repository('shop', { 'src/a.ts': 'a\n' });
  const library = repository('library');
  sh(root, 'worktree', 'add', '--quiet', '-b', 'other', path('linked'));
  sh(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.root, 'lib');
  symlinkSync(root, path('link'));
  mkdirSync(path('plain'));
  for (const place of [root, path('shop', 'src'), path('linked'), path('shop', 'lib'), path('link'), path('plain')]) {
    const said = (await findPlace(git, place))?.gitDir;
    expect({ place, gitDir: await nearGitDir(place) }).toEqual({ place, gitDir: said });
  }
});

test('a folder that is gone and a broken .git are no hint', async () => {
  const { path, repository } = scratch();
  const { root } = repository();
  expect(await nearGitDir(path('gone'))).toBeUndefined();
  mkdirSync(`${root}/broken`);
  writeFileSync(`${root}/broken/.git`, 'gitdir: nowhere\n');
  expect(await nearGitDir(`${root}/broken`)).toBeUndefined();
});
