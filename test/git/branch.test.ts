import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBranch, deleteBranchAt, findBranch, resolveBase } from '../../source/git/branch.ts';
import { checkBranchName, slugOf } from '../../source/git/branch-name.ts';
import { freeBranchName, readBranchNames } from '../../source/git/free-branch-name.ts';
import { worktreePath } from '../../source/git/worktree-path.ts';
import { scratch } from './scratch.ts';

describe('checkBranchName', () => {
  const names = [
    ...['main', 'ada/fix-1', 'späť', '日本語', '🎼', 'a.b', 'a@b', 'x--y', 'UPPER', '#12', 'a{b}', "it's", '$(x)'],
    ...['', '-x', '--force', 'HEAD', '@', 'a b', 'a\nb', 'a\tb', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[b', 'a\\b', '../x'],
    ...['a..b', 'a@{1}', '/a', 'a/', 'a//b', '.a', 'a/.b', 'a.', 'a.lock', 'a.lock/b', 'a\x7fb'],
  ];
  test('says the same as git', () => {
    const { sh, home } = scratch();
    for (const name of names) {
      let isFine = true;
      try {
        sh(home, 'check-ref-format', '--branch', name);
      } catch {
        isFine = false;
      }
      // git takes these, and then does something else than asked with them.
      if (name === '@' || name === 'HEAD') isFine = false;
      expect([name, checkBranchName(name) === undefined]).toEqual([name, isFine]);
    }
  });

  test('gives the reason', () => {
    expect(checkBranchName('-x')).toBe('A branch cannot be called "-x": it begins with a dash.');
    expect(checkBranchName('a\u202eb')).toContain('an invisible character');
    expect(checkBranchName('x'.repeat(300))).toContain('it is too long');
  });
});

test('slugOf keeps letters of any script and stays short', () => {
  const cases: Record<string, string> = {
    'Fix flaky checkout test': 'fix-flaky-checkout-test',
    '  -- Ärger: "Größe" & co. --': 'arger-große-co',
    '日本語 テスト': '日本語-テスト',
    '../../etc/passwd': 'etc-passwd',
    '$(rm -rf /)': 'rm-rf',
    '...': 'session',
    '': 'session',
    ['long '.repeat(30)]: 'long-long-long-long-long-long-long-long-long-long',
    ['x'.repeat(80)]: 'x'.repeat(50),
  };
  expect(Object.keys(cases).map(title => slugOf(title))).toEqual(
    Object.values(cases).map(slug => slug.normalize('NFC')),
  );
  for (const slug of Object.values(cases)) expect(checkBranchName(slug)).toBeUndefined();
});

test('worktreePath is readable, safe and unique', () => {
  const repository = { gitDir: '/home/ada/shop/.git', name: 'acme/shop' };
  const path = worktreePath({ worktrees: '/data/worktrees', repository, branch: 'ada/fix it', id: '01hx' });
  expect(path).toMatch(/^\/data\/worktrees\/shop-[0-9a-f]{8}\/ada-fix-it-01hx$/);
  const other = worktreePath({
    worktrees: '/data/worktrees',
    repository: { gitDir: '/x', name: '..' },
    branch: '../..',
    id: '2',
  });
  expect(other).toMatch(/^\/data\/worktrees\/session-[0-9a-f]{8}\/session-2$/);
});

describe('branches', () => {
  test('freeBranchName passes by what is here, on a remote, or in the way', async () => {
    const { git, sh, repository } = scratch();
    const { root, gitDir, head } = repository();
    const name = async (prefix: string, title: string) =>
      freeBranchName(await readBranchNames(git, gitDir), { prefix, title });
    expect(await name('ada/', 'Fix it')).toBe('ada/fix-it');
    sh(root, 'branch', 'ada/FIX-it');
    sh(root, 'update-ref', 'refs/remotes/origin/ada/fix-it-2', head);
    sh(root, 'branch', 'ada/fix-it-3/deeper');
    expect(await name('ada/', 'Fix it')).toBe('ada/fix-it-4');
    sh(root, 'branch', 'bob');
    expect(await name('bob/', 'Fix it')).toBe('bob-fix-it');
    expect(await name('', 'ada')).toBe('ada-2');
  });

  test('createBranch knows its own again, and nobody else’s', async () => {
    const { git, sh, repository } = scratch();
    const { root, gitDir, head } = repository();
    const wanted = { gitDir, branch: 'a/b', commit: head, mark: 'one' };
    expect(await createBranch(git, wanted)).toBe('created');
    expect(await createBranch(git, wanted)).toBe('there');
    await expect(createBranch(git, { ...wanted, mark: 'two' })).rejects.toThrow(
      'Could not create the branch a/b: there is one with that name. Choose another name, or work on that one.',
    );
    await expect(createBranch(git, { ...wanted, branch: 'a' })).rejects.toThrow('Could not create the branch a: ');
    expect(sh(root, 'branch', '--format=%(refname:short)')).toBe('a/b\nmain');
  });

  test('deleteBranchAt takes away only what still stands there and is used nowhere', async () => {
    const { git, sh, repository } = scratch();
    const { root, gitDir, head } = repository();
    const remove = (branch: string, tip = head) => deleteBranchAt(git, { gitDir, branch, tip });
    sh(root, 'branch', 'free');
    sh(root, 'config', 'branch.free.description', 'x');
    expect(await remove('free')).toBe('deleted');
    expect(() => sh(root, 'config', 'branch.free.description')).toThrow();
    expect(await remove('free')).toBe('absent');
    expect(await remove('main')).toBe('checkedOut');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'x');
    expect(await remove('main')).toBe('moved');
  });

  test('findBranch and resolveBase find what people say', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, head } = repository('up/stream');
    sh(root, 'branch', 'feature');
    sh(path(), 'clone', '--quiet', root, 'clone');
    const clone = path('clone');
    const gitDir = join(clone, '.git');
    const find = (name: string) => findBranch(git, { gitDir, name });
    const remote = {
      kind: 'remote',
      branch: 'feature',
      remote: 'origin',
      commit: head,
    };
    expect(await find('feature')).toEqual({ ...remote, checkedOut: undefined });
    expect(await find('origin/feature')).toEqual({ ...remote, checkedOut: undefined });
    expect(await find('main')).toMatchObject({ kind: 'local', branch: 'main', checkedOut: clone });
    expect(await find('origin/main')).toMatchObject({ kind: 'local', branch: 'main', remote: 'origin' });
    expect(await find('none')).toBeUndefined();
    expect(await find('--all')).toBeUndefined();
    sh(clone, 'remote', 'add', 'second', root);
    sh(clone, 'fetch', '--quiet', 'second');
    await expect(find('feature')).rejects.toThrow(
      'The branch feature is on several remotes: say which, origin/feature and second/feature.',
    );
    expect(await resolveBase(git, { cwd: clone, base: 'second/feature' })).toBe(head);
    await expect(resolveBase(git, { cwd: clone, base: '--output=/tmp/x' })).rejects.toThrow(
      'There is no branch, tag or commit --output=/tmp/x in this repository: choose another base.',
    );
  });
});
