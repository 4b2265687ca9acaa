import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { bringBackWorktree } from '../../source/git/bring-back.ts';
import { restoreWorktree } from '../../source/git/restore-worktree.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { BRANCH, busyWorktree } from './busy-worktree.ts';
import { Crash, type Scratch, scratch } from './scratch.ts';

function view({ sh }: Scratch, worktree: string) {
  return {
    status: sh(worktree, 'status', '--porcelain=v2', '--branch', '--ignored'),
    index: readFileSync(join(sh(worktree, 'rev-parse', '--absolute-git-dir'), 'index')).toString('base64'),
    files: Object.fromEntries(
      ['a', 'b', 'new', '.env'].map(name => [name, readFileSync(join(worktree, name), 'utf8')]),
    ),
  };
}

function recordsOf({ sh }: Scratch, root: string): string {
  return sh(root, 'worktree', 'list', '--porcelain');
}

describe('storeWorktree and restoreWorktree', () => {
  test('bring everything back, and free the branch meanwhile', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, head, from, to } = all;
    const before = view(all, from);
    await storeWorktree(git, { gitDir, from, to });
    expect(existsSync(from)).toBe(false);
    expect(readFileSync(join(to, '.env'), 'utf8')).toBe('secret\n');
    sh(root, 'worktree', 'prune');
    sh(root, 'checkout', '--quiet', BRANCH);
    sh(root, 'checkout', '--quiet', 'main');
    expect(await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined })).toEqual({
      branch: BRANCH,
      head,
    });
    expect(view(all, from)).toEqual(before);
    expect(existsSync(to)).toBe(false);
    expect(recordsOf(all, root)).not.toContain('locked');
    expect(readdirSync(join(gitDir, 'worktrees/fix')).filter(name => name.startsWith('tutti'))).toEqual([]);
  });

  for (const point of ['lock', 'detach', 'rename', 'follow']) {
    test(`a crash while storing before ${point} is found and finished`, async () => {
      const all = await busyWorktree();
      const { git, sh, root, gitDir, from, to } = all;
      const before = view(all, from);
      await expect(storeWorktree(git, { gitDir, from, to, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
      // What the user may do at any moment.
      sh(root, 'worktree', 'prune');
      await storeWorktree(git, { gitDir, from, to });
      await storeWorktree(git, { gitDir, from, to });
      expect(recordsOf(all, root)).toContain(`worktree ${to}\nHEAD`);
      expect(recordsOf(all, root)).not.toContain(`refs/heads/${BRANCH}`);
      await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
      expect(view(all, from)).toEqual(before);
    });
  }

  for (const point of ['branch', 'head', 'rename', 'follow', 'forget', 'unlock']) {
    for (const onto of ['branch', 'own'] as const) {
      test(`a crash while restoring onto ${onto} before ${point} is found and finished`, async () => {
        const all = await busyWorktree();
        const { git, sh, write, root, gitDir, head, from, to } = all;
        await storeWorktree(git, { gitDir, from, to });
        sh(root, 'checkout', '--quiet', BRANCH);
        write(join(root, 'other'), 'other\n');
        sh(root, 'add', 'other');
        sh(root, 'commit', '--quiet', '-m', 'meanwhile');
        const tip = sh(root, 'rev-parse', 'HEAD');
        sh(root, 'checkout', '--quiet', 'main');
        const wanted = { gitDir, from: to, to: from, branch: BRANCH, onto };
        await expect(restoreWorktree(git, { ...wanted, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
        sh(root, 'worktree', 'prune');
        // By the way that the daemon goes, which has to see that the folder is the kept one.
        const restored = await bringBackWorktree(git, { ...wanted, snapshot: head });
        const where = onto === 'branch' ? { branch: BRANCH, head: tip } : { branch: `${BRANCH}-2`, head };
        expect(restored).toEqual({ ...where, by: 'folder' });
        expect(await bringBackWorktree(git, { ...wanted, snapshot: head })).toEqual(restored);
        expect(sh(from, 'status', '--porcelain', '--ignored')).toBe('M  a\n M b\n?? new\n!! .env');
        expect(existsSync(join(from, 'other'))).toBe(onto === 'branch');
        expect(sh(root, 'branch', '--format=%(refname:short)', '--list', `${BRANCH}*`).split('\n')).toHaveLength(
          onto === 'branch' ? 1 : 2,
        );
        expect(recordsOf(all, root)).not.toContain('locked');
      });
    }
  }

  test('say that the branch has moved, is in use, or that edits would be lost, and change nothing', async () => {
    const all = await busyWorktree();
    const { git, sh, write, root, gitDir, from, to } = all;
    await storeWorktree(git, { gitDir, from, to });
    sh(root, 'checkout', '--quiet', BRANCH);
    const wanted = { gitDir, from: to, to: from, branch: BRANCH };
    await expect(restoreWorktree(git, { ...wanted, onto: undefined })).rejects.toThrow(
      `Could not bring the worktree back: its branch ${BRANCH} is checked out in ${root}. Leave it there, or keep this one on a branch of its own.`,
    );
    write(join(root, 'b'), 'theirs\n');
    sh(root, 'commit', '--quiet', '-am', 'meanwhile');
    sh(root, 'checkout', '--quiet', 'main');
    await expect(restoreWorktree(git, { ...wanted, onto: undefined })).rejects.toThrow(
      `The branch ${BRANCH} has moved since: bring the worktree onto it, or keep it on a branch of its own.`,
    );
    await expect(restoreWorktree(git, { ...wanted, onto: 'branch' })).rejects.toThrow(
      `Could not bring the worktree onto ${BRANCH}: your edits to b would be lost. Keep it on a branch of its own.`,
    );
    expect(existsSync(from)).toBe(false);
    expect(await restoreWorktree(git, { ...wanted, onto: 'own' })).toMatchObject({ branch: `${BRANCH}-2` });
    expect(readFileSync(join(from, 'b'), 'utf8')).toBe('edited\n');
  });

  test('name the branch, where a tag is called the same', async () => {
    const { git, sh, root, gitDir, from, to } = await busyWorktree();
    sh(root, 'tag', BRANCH);
    await storeWorktree(git, { gitDir, from, to });
    const restored = await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
    expect(restored.branch).toBe(BRANCH);
  });

  test('make a deleted branch anew', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, head, from, to } = all;
    await storeWorktree(git, { gitDir, from, to });
    sh(root, 'branch', '-D', BRANCH);
    const restored = await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
    expect(restored).toEqual({ branch: BRANCH, head });
  });

  test('keep a merge, a rebase and a detached HEAD as they are', async () => {
    for (const kind of ['merge', 'rebase']) {
      const all = scratch();
      const { git, sh, write, path, repository } = all;
      const { root, gitDir, head } = repository('shop', { both: 'base\n' });
      const from = path('worktrees', 'fix');
      const to = path('trash', 'fix');
      await addWorktree(git, { gitDir, path: from, branch: BRANCH, create: { base: head } });
      for (const [place, text] of [
        [root, 'theirs\n'],
        [from, 'ours\n'],
      ] as const) {
        write(join(place, 'both'), text);
        sh(place, 'commit', '--quiet', '-am', text);
      }
      expect(() => sh(from, kind, 'main')).toThrow();
      const before = sh(from, 'status');
      await storeWorktree(git, { gitDir, from, to });
      sh(root, 'checkout', '--quiet', BRANCH);
      sh(root, 'checkout', '--quiet', 'main');
      await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
      expect(sh(from, 'status')).toBe(before);
      write(join(from, 'both'), 'both\n');
      sh(from, 'add', 'both');
      sh(from, '-c', 'core.editor=true', kind, '--continue');
      expect(sh(from, 'symbolic-ref', '--short', 'HEAD')).toBe(BRANCH);
    }
  });

  test('bring no merge that is under way onto another commit', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, head, from, to } = all;
    sh(from, 'reset', '--hard', '--quiet');
    sh(from, 'commit', '--quiet', '--allow-empty', '-m', 'mine');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'theirs');
    sh(from, 'merge', '--quiet', '--no-commit', '--no-ff', 'main');
    await storeWorktree(git, { gitDir, from, to });
    sh(root, 'branch', '--force', BRANCH, head);
    const wanted = { gitDir, from: to, to: from, branch: BRANCH };
    await expect(restoreWorktree(git, { ...wanted, onto: 'branch' })).rejects.toThrow(
      'a merge, cherry-pick or revert in it is not finished. Keep it on a branch of its own.',
    );
    expect(existsSync(to)).toBe(true);
    const restored = await restoreWorktree(git, { ...wanted, onto: 'own' });
    expect(restored.branch).toBe(`${BRANCH}-2`);
    expect(sh(from, 'rev-parse', 'MERGE_HEAD')).toBe(sh(root, 'rev-parse', 'main'));
  });

  test('keep a branch without a commit', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, from, to } = all;
    sh(from, 'checkout', '--quiet', '--orphan', 'fresh');
    const before = sh(from, 'status', '--porcelain', '--branch');
    await storeWorktree(git, { gitDir, from, to });
    sh(root, 'checkout', '--quiet', '-b', 'fresh');
    sh(root, 'checkout', '--quiet', 'main');
    // Its name is free: git would say that the branch is used in the store.
    sh(root, 'checkout', '--quiet', 'fresh');
    sh(root, 'checkout', '--quiet', 'main');
    sh(root, 'branch', '--quiet', '-D', 'fresh');
    const restored = await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
    expect(restored).toEqual({ branch: 'fresh', head: undefined });
    expect(sh(from, 'status', '--porcelain', '--branch')).toBe(before);
  });

  test('keep submodules alive, also those of submodules', async () => {
    const all = scratch();
    const { git, sh, write, path, repository } = all;
    const inner = repository('inner', { deep: 'deep\n' });
    const middle = repository('middle', { half: 'half\n' });
    sh(middle.root, 'submodule', '--quiet', 'add', inner.root, 'lib/inner');
    sh(middle.root, 'commit', '--quiet', '-am', 'inner');
    const { root, gitDir } = repository('shop');
    sh(root, 'submodule', '--quiet', 'add', middle.root, 'lib/middle');
    sh(root, 'commit', '--quiet', '-am', 'middle');
    const head = sh(root, 'rev-parse', 'HEAD');
    const from = path('worktrees', 'with sub');
    const to = path('trash', 'elsewhere', 'with sub');
    const { notes } = await addWorktree(git, { gitDir, path: from, branch: BRANCH, create: { base: head } });
    expect(notes).toEqual([
      'Its submodule is empty: run git submodule update --init --recursive in the worktree where they are needed.',
    ]);
    sh(from, 'submodule', '--quiet', 'update', '--init', '--recursive');
    write(join(from, 'lib/middle/lib/inner/deep'), 'edited\n');
    const read = (place: string) => [
      sh(place, 'status', '--porcelain'),
      sh(join(place, 'lib/middle'), 'status', '--porcelain'),
      sh(join(place, 'lib/middle/lib/inner'), 'status', '--porcelain'),
    ];
    const before = read(from);
    expect(before).toEqual([' M lib/middle', ' M lib/inner', ' M deep']);
    await expect(storeWorktree(git, { gitDir, from, to, passPoint: Crash.at('follow') })).rejects.toThrow(Crash);
    await storeWorktree(git, { gitDir, from, to });
    expect(read(to)).toEqual(before);
    await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
    expect(read(from)).toEqual(before);
  });

  test('find a worktree whose link to its repository is relative', async () => {
    const all = await busyWorktree();
    const { git, sh, gitDir, from, to } = all;
    const before = view(all, from);
    const link = relative(from, sh(from, 'rev-parse', '--absolute-git-dir'));
    writeFileSync(join(from, '.git'), `gitdir: ${link}\n`);
    const deep = join(to, 'deeper/still');
    await storeWorktree(git, { gitDir, from, to: deep });
    expect(sh(deep, 'status', '--porcelain')).not.toBe('');
    await restoreWorktree(git, { gitDir, from: deep, to: from, branch: BRANCH, onto: undefined });
    expect(view(all, from)).toEqual(before);
  });

  test('take worktrees along that an agent made within its own', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, from, to } = all;
    sh(from, 'worktree', 'add', '--quiet', '-b', 'helper', 'nested/helper');
    await storeWorktree(git, { gitDir, from, to });
    sh(root, 'worktree', 'prune');
    expect(sh(join(to, 'nested/helper'), 'status', '--porcelain', '--branch')).toBe('## helper');
    await restoreWorktree(git, { gitDir, from: to, to: from, branch: BRANCH, onto: undefined });
    expect(sh(join(from, 'nested/helper'), 'status', '--porcelain', '--branch')).toBe('## helper');
    expect(recordsOf(all, root)).not.toContain('prunable');
  });

  test('refuse a worktree of another repository', async () => {
    const all = await busyWorktree();
    const { git, from, to } = all;
    const other = all.repository('other');
    await expect(storeWorktree(git, { gitDir: other.gitDir, from, to })).rejects.toThrow(
      `Could not move ${from}: it is no worktree of ${other.gitDir} any more. Its snapshot is still there.`,
    );
    expect(all.sh(from, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe(BRANCH);
  });

  test('refuse a place that is taken, and a folder that is gone', async () => {
    const all = await busyWorktree();
    const { git, gitDir, from, to } = all;
    mkdirSync(to, { recursive: true });
    await expect(storeWorktree(git, { gitDir, from, to })).rejects.toThrow(
      `Could not keep ${from}: there is something in ${to} already. Look at it and move it away.`,
    );
    rmSync(to, { recursive: true });
    rmSync(from, { recursive: true });
    await expect(storeWorktree(git, { gitDir, from, to })).rejects.toThrow(
      `Could not keep ${from}: the folder is gone. Its snapshot is still there.`,
    );
  });
});
