import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { findWorktree } from '../../source/git/find-worktree.ts';
import { removeWorktree } from '../../source/git/remove-worktree.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import { Crash, scratch } from './scratch.ts';

describe('addWorktree', () => {
  test('makes a worktree on a new branch from the base', async () => {
    const { git, sh, path, repository } = scratch();
    const { gitDir, head, root } = repository();
    const place = path('trees', 'a');
    const added = await addWorktree(git, { gitDir, path: place, branch: 'ada/fix', create: { base: head } });
    expect(added).toEqual({ branch: 'ada/fix', branchCreated: true, commit: head, notes: [] });
    expect(readFileSync(join(place, 'readme.md'), 'utf8')).toBe('hello\n');
    expect(sh(place, 'status', '--porcelain', '--branch')).toBe('## ada/fix');
    expect(sh(root, 'worktree', 'list', '--porcelain')).not.toContain('locked');
    expect(await findWorktree(git, { gitDir, path: place })).toEqual({ state: 'present', branch: 'ada/fix', head });
  });

  test('works on an existing local branch and leaves it when it is undone', async () => {
    const { git, sh, path, repository } = scratch();
    const { gitDir, head, root } = repository();
    sh(root, 'branch', 'old');
    const place = path('trees', 'a');
    const added = await addWorktree(git, { gitDir, path: place, branch: 'old', create: undefined });
    expect(added).toEqual({ branch: 'old', branchCreated: false, commit: head, notes: [] });
  });

  test('makes the tracking branch of a remote one', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, head } = repository('origin');
    sh(root, 'branch', 'feature');
    const clone = path('clone');
    sh(path(), 'clone', '--quiet', root, clone);
    for (const [index, name] of ['origin/feature', 'feature'].entries()) {
      const place = path('trees', String(index));
      const gitDir = join(clone, '.git');
      const added = await addWorktree(git, { gitDir, path: place, branch: name, create: undefined });
      expect(added).toEqual({ branch: 'feature', branchCreated: true, commit: head, notes: [] });
      expect(sh(place, 'rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/feature');
      await removeWorktree(git, { gitDir, path: place, head });
      sh(clone, 'branch', '-D', 'feature');
    }
  });

  test('says where a branch is checked out, and that a branch or folder is taken', async () => {
    const { git, sh, path, write, repository } = scratch();
    const { gitDir, head, root } = repository();
    const place = path('trees', 'a');
    await expect(addWorktree(git, { gitDir, path: place, branch: 'main', create: undefined })).rejects.toThrow(
      `Could not use the branch main: it is checked out in ${root}. Open that worktree, or choose another branch.`,
    );
    await expect(addWorktree(git, { gitDir, path: place, branch: 'main', create: { base: head } })).rejects.toThrow(
      'Could not create the branch main: there is one with that name. Choose another name, or work on that one.',
    );
    await expect(addWorktree(git, { gitDir, path: place, branch: 'none', create: undefined })).rejects.toThrow(
      'There is no branch none here or on a remote: fetch, or choose another.',
    );
    write(join(place, 'mine'), 'mine');
    await expect(addWorktree(git, { gitDir, path: place, branch: 'new', create: { base: head } })).rejects.toThrow(
      `Could not make a worktree in ${place}: there is something else already. Move it away, or choose another place.`,
    );
    expect(readFileSync(join(place, 'mine'), 'utf8')).toBe('mine');
    expect(sh(root, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  for (const point of ['branch', 'record', 'checkout', 'hook', 'unlock']) {
    test(`a crash before ${point} is found and finished`, async () => {
      const { git, sh, path, repository } = scratch();
      const { gitDir, head, root } = repository();
      const wanted = { gitDir, path: path('trees', 'a'), branch: 'ada/fix', create: { base: head } };
      await expect(addWorktree(git, { ...wanted, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
      const added = await addWorktree(git, wanted);
      expect(added).toEqual({ branch: 'ada/fix', branchCreated: true, commit: head, notes: [] });
      expect(sh(wanted.path, 'status', '--porcelain', '--branch')).toBe('## ada/fix');
      expect(await addWorktree(git, wanted)).toEqual(added);
      expect(readdirSync(join(gitDir, 'worktrees'))).toHaveLength(1);
      expect(sh(root, 'worktree', 'list', '--porcelain')).not.toContain('locked');
    });

    test(`a crash before ${point} can be undone without a trace`, async () => {
      const { git, path, repository } = scratch();
      const { gitDir, head } = repository();
      const place = path('trees', 'a');
      const wanted = { gitDir, path: place, branch: 'ada/fix', create: { base: head } };
      await expect(addWorktree(git, { ...wanted, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
      await removeWorktree(git, { gitDir, path: place, head });
      expect(existsSync(place)).toBe(false);
      expect(await findWorktree(git, { gitDir, path: place })).toEqual({ state: 'absent' });
    });
  }
});

test('a making that fails leaves a branch that was there before', async () => {
  const { git, sh, path, repository } = scratch();
  const { root, gitDir, head } = repository();
  sh(root, 'branch', 'theirs');
  const fill = () => Promise.reject(new TuttiError('failed', 'no space'));
  await expect(
    addWorktree(git, { gitDir, path: path('w'), branch: 'theirs', create: undefined, fill }),
  ).rejects.toThrow('no space');
  expect(sh(root, 'rev-parse', 'theirs')).toBe(head);
  expect(existsSync(path('w'))).toBe(false);
});

describe('removeWorktree', () => {
  const cases = {
    'an untracked file': 'new.txt',
    'an ignored file': 'x.log',
    'a change': 'readme.md',
  };
  for (const [what, file] of Object.entries(cases)) {
    test(`refuses a worktree with ${what}`, async () => {
      const { git, path, write, repository } = scratch();
      const { gitDir, head } = repository('shop', { 'readme.md': 'hello\n', '.gitignore': '*.log\n' });
      const place = path('trees', 'a');
      await addWorktree(git, { gitDir, path: place, branch: 'a', create: { base: head } });
      write(join(place, file), 'work');
      await expect(removeWorktree(git, { gitDir, path: place, head })).rejects.toThrow(
        `Could not remove the worktree ${place}: a file in it is not as checked out. Kill the session instead: that keeps them.`,
      );
      expect(readFileSync(join(place, file), 'utf8')).toBe('work');
    });
  }

  test('refuses one with a new commit', async () => {
    const { git, sh, path, repository } = scratch();
    const { gitDir, head } = repository();
    const place = path('trees', 'a');
    await addWorktree(git, { gitDir, path: place, branch: 'a', create: { base: head } });
    sh(place, 'commit', '--quiet', '--allow-empty', '-m', 'work');
    await expect(removeWorktree(git, { gitDir, path: place, head })).rejects.toThrow('it has new commits');
  });

  for (const point of ['lock', 'discard']) {
    test(`a crash before ${point} is found and finished`, async () => {
      const { git, path, repository } = scratch();
      const { gitDir, head } = repository();
      const place = path('trees', 'a');
      await addWorktree(git, { gitDir, path: place, branch: 'a', create: { base: head } });
      await expect(removeWorktree(git, { gitDir, path: place, head, passPoint: Crash.at(point) })).rejects.toThrow(
        Crash,
      );
      await removeWorktree(git, { gitDir, path: place, head });
      expect(existsSync(place)).toBe(false);
      expect(readdirSync(gitDir)).not.toContain('worktrees/a');
      expect(await findWorktree(git, { gitDir, path: place })).toEqual({ state: 'absent' });
    });
  }
});
