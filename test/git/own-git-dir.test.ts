import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { openGit } from '../../source/git/git.ts';
import { adminDir } from '../../source/git/git-dir.ts';
import { ownGitDir } from '../../source/git/own-git-dir.ts';
import { type Scratch, scratch } from './scratch.ts';

/** What the folder says, beside what git says. */
async function saidOf({ sh }: Scratch, root: string) {
  return { folder: await ownGitDir(root), git: sh(root, 'rev-parse', '--absolute-git-dir') };
}

const ODD = ['plain', 'with space', '-dash', 'späť🎼', 'new\nline', "quo'te", 'gitdir: x'];

test.each(ODD)('is what git says where names are odd: %j', async name => {
  const all = scratch();
  const { root } = all.repository(name);
  const library = all.repository('library');
  const linked = all.path('trees', name);
  all.sh(root, 'worktree', 'add', '--quiet', '-b', 'other', linked);
  all.sh(root, 'submodule', '--quiet', 'add', library.root, 'lib');
  mkdirSync(all.path('store'));
  all.sh(all.path(), 'init', '--quiet', '--separate-git-dir', all.path('store', name), all.path('away'));
  symlinkSync(root, all.path('link'));
  for (const place of [root, linked, join(root, 'lib'), all.path('away'), all.path('link')]) {
    const { folder, git } = await saidOf(all, place);
    expect({ place, folder }).toEqual({ place, folder: git });
  }
});

test.each(ODD)(
  'is found by a relative link, also through a symbolic one, and with line ends behind it: %j',
  async name => {
    const all = scratch();
    const { root } = all.repository(name);
    const linked = all.path('trees', name);
    all.sh(root, 'worktree', 'add', '--quiet', '-b', 'other', linked);
    const record = all.sh(linked, 'rev-parse', '--absolute-git-dir');
    symlinkSync(linked, all.path('link'));
    for (const end of ['', '\n', '\r\n', '\n\n']) {
      writeFileSync(join(linked, '.git'), `gitdir: ${relative(linked, record)}${end}`);
      for (const place of [linked, all.path('link')]) {
        expect(await saidOf(all, place)).toEqual({ folder: record, git: record });
      }
    }
  },
);

test('a .git that is a link to a folder elsewhere is that folder', async () => {
  const all = scratch();
  const { root } = all.repository();
  renameSync(join(root, '.git'), all.path('elsewhere'));
  symlinkSync(all.path('elsewhere'), join(root, '.git'));
  expect(await saidOf(all, root)).toEqual({ folder: all.path('elsewhere'), git: all.path('elsewhere') });
});

test('what git does not take for a repository is left to git: it goes on above, or says what is wrong', async () => {
  const all = scratch();
  const { root, gitDir } = all.repository();
  const inner = join(root, 'inner');
  mkdirSync(join(inner, '.git'), { recursive: true });
  expect(await ownGitDir(inner)).toBeUndefined();
  expect(await adminDir(all.git, inner)).toBe(gitDir);
  writeFileSync(join(inner, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  expect(await adminDir(all.git, inner)).toBe(gitDir);
  rmSync(join(inner, '.git'), { recursive: true });
  expect(await adminDir(all.git, inner)).toBe(gitDir);
  for (const [text, says] of [
    ['gitdir: /nowhere\n', 'not a git repository: /nowhere'],
    ['gitdir: \n', 'no path in gitfile'],
    ['something else\n', 'invalid gitfile format'],
  ] as const) {
    writeFileSync(join(inner, '.git'), text);
    expect(await ownGitDir(inner)).toBeUndefined();
    await expect(adminDir(all.git, inner)).rejects.toThrow(says);
  }
});

test('where the folder tells it, no git is started', async () => {
  const { repository, env } = scratch();
  const { root, gitDir } = repository();
  expect(await adminDir(openGit({ env, program: '/nowhere/git' }), root)).toBe(gitDir);
});
