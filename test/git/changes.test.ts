import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChanges } from '../../source/git/changes.ts';
import { readDiff } from '../../source/git/diff.ts';
import { type Scratch, scratch } from './scratch.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join('');

function untouched({ sh }: Scratch, root: string) {
  const index = join(root, '.git/index');
  return {
    bytes: readFileSync(index).toString('base64'),
    at: statSync(index).mtimeMs,
    objects: sh(root, 'count-objects', '-v'),
  };
}

describe('readChanges', () => {
  test('is all zero in a fresh worktree', async () => {
    const { git, repository } = scratch();
    const { root, head } = repository();
    expect(await readChanges(git, { worktree: root, base: { commit: head } })).toEqual({
      files: 0,
      added: 0,
      removed: 0,
      commits: 0,
      uncommitted: 0,
      unpushed: 0,
      head,
      hasRemote: false,
    });
  });

  test('counts commits, edits and untracked files against the base, and touches nothing', async () => {
    const all = scratch();
    const { git, sh, write, repository } = all;
    const { root, head } = repository('shop', { a: TEN, b: 'b\n' });
    write(join(root, 'a'), `${TEN}more\n`);
    sh(root, 'commit', '--quiet', '-am', 'more');
    write(join(root, 'b'), 'B\n');
    write(join(root, 'new/c'), '1\n2\n3');
    write(join(root, 'new/bin'), new Uint8Array([0, 10, 10]));
    const before = untouched(all, root);
    expect(await readChanges(git, { worktree: root, base: { commit: head } })).toEqual({
      files: 4,
      added: 1 + 1 + 3,
      removed: 1,
      commits: 1,
      uncommitted: 3,
      unpushed: 1,
      head: sh(root, 'rev-parse', 'HEAD'),
      hasRemote: false,
    });
    await readDiff(git, { worktree: root, base: { commit: head }, limitBytes: 1e6 });
    expect(untouched(all, root)).toEqual(before);
  });

  test('counts new files where objects are named by SHA-256', async () => {
    const { git, sh, write, path } = scratch();
    const root = path('shop');
    sh(path(), 'init', '--quiet', '--object-format=sha256', 'shop');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    write(join(root, 'new'), 'a\nb\n');
    write(join(root, 'empty'), '');
    const base = { commit: sh(root, 'rev-parse', 'HEAD') };
    expect(await readChanges(git, { worktree: root, base })).toMatchObject({ files: 2, added: 2, uncommitted: 2 });
    expect((await readDiff(git, { worktree: root, base, limitBytes: 1e6 })).patch).toContain('+++ b/new');
  });

  test('what others did does not count after a rebase, and a merged branch still shows its work', async () => {
    const { git, sh, write, repository } = scratch();
    const { root, head } = repository();
    sh(root, 'checkout', '--quiet', '-b', 'work');
    write(join(root, 'mine'), 'mine\n');
    sh(root, 'add', 'mine');
    sh(root, 'commit', '--quiet', '-m', 'mine');
    sh(root, 'checkout', '--quiet', 'main');
    write(join(root, 'theirs'), 'theirs\n');
    sh(root, 'add', 'theirs');
    sh(root, 'commit', '--quiet', '-m', 'theirs');
    sh(root, 'checkout', '--quiet', 'work');
    sh(root, 'rebase', '--quiet', 'main');
    const base = { commit: head, ref: 'refs/heads/main' };
    expect(await readChanges(git, { worktree: root, base })).toMatchObject({ files: 1, commits: 1 });
    sh(root, 'branch', '--force', 'main', 'work');
    expect(await readChanges(git, { worktree: root, base })).toMatchObject({ files: 2, commits: 2 });
  });

  test.each([
    ['remote', 'add', 'origin', 'nowhere'],
    ['config', 'branch.work.pushRemote', 'https://example.com/shop.git'],
  ])('knows whether there is a place to push to: git %s %s', async (...words) => {
    const { git, sh, repository } = scratch();
    const { root, head } = repository();
    sh(root, 'branch', '--track', 'work', 'main');
    const hasRemote = async () => (await readChanges(git, { worktree: root, base: { commit: head } })).hasRemote;
    expect(await hasRemote()).toBe(false);
    sh(root, ...words);
    expect(await hasRemote()).toBe(true);
  });

  test.each([
    ['origin of several', [], 'origin'],
    ['the default for pushing', [['config', 'remote.pushDefault', 'mine']], 'mine'],
    ['what the branch follows', [['config', 'branch.main.remote', 'mine']], 'mine'],
    ['no other than the branch has', [['config', 'branch.main.pushRemote', 'other']], 'other'],
    ['none where it has to be chosen', [['remote', 'remove', 'origin']], undefined],
  ])('says where a push goes to: %s', async (_, calls, pushesTo) => {
    const { git, sh, repository } = scratch();
    const { root, head } = repository();
    for (const name of ['mine', 'origin', 'his.own']) sh(root, 'remote', 'add', name, `/nowhere/${name}`);
    for (const call of calls) sh(root, ...call);
    expect((await readChanges(git, { worktree: root, base: { commit: head } })).pushesTo).toBe(pushesTo);
  });

  test('knows what is pushed', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, head } = repository();
    sh(path(), 'clone', '--quiet', '--bare', root, 'remote.git');
    sh(root, 'remote', 'add', 'origin', path('remote.git'));
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'one');
    sh(root, 'push', '--quiet', 'origin', 'main');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'two');
    expect(await readChanges(git, { worktree: root, base: { commit: head } })).toMatchObject({
      commits: 2,
      unpushed: 1,
    });
  });
});

test('a look starts no file-system monitor of the user', async () => {
  const { git, sh, write, path, repository } = scratch();
  const { root, head } = repository();
  write(path('monitor'), `#!/bin/sh\ntouch '${path('ran')}'\n`);
  chmodSync(path('monitor'), 0o755);
  sh(root, 'config', 'core.fsmonitor', path('monitor'));
  write(join(root, 'new'), 'new\n');
  await readChanges(git, { worktree: root, base: { commit: head } });
  expect(existsSync(path('ran'))).toBe(false);
  sh(root, 'status');
  expect(existsSync(path('ran'))).toBe(true);
});

describe('readDiff', () => {
  test('shows edits, new, removed, renamed and binary files', async () => {
    const all = scratch();
    const { git, write, repository } = all;
    const { root, head } = repository('shop', { a: 'a\n', old: TEN, gone: 'x\n' });
    write(join(root, 'a'), 'b\n');
    mkdirSync(join(root, 'dir'));
    // A move that git was not told of.
    renameSync(join(root, 'old'), join(root, 'dir/new name'));
    renameSync(join(root, 'gone'), join(root, '../gone'));
    write(join(root, 'pic'), new Uint8Array([0, 1, 2]));
    const { patch, truncated, base } = await readDiff(git, { worktree: root, base: { commit: head }, limitBytes: 1e6 });
    expect(base).toBe(head);
    expect(truncated).toBe(false);
    expect(patch).toContain('-a\n+b\n');
    expect(patch).toContain('rename from old\nrename to dir/new name\n');
    expect(patch).toContain('deleted file mode 100644');
    expect(patch).toContain('Binary files /dev/null and b/pic differ');
    expect(await readChanges(git, { worktree: root, base: { commit: head } })).toMatchObject({
      files: 4,
      added: 1,
      removed: 2,
    });
  });

  test('stops at its limit, after a whole line', async () => {
    const { git, write, repository } = scratch();
    const { root, head } = repository();
    write(join(root, 'long'), TEN.repeat(10_000));
    const { patch, truncated } = await readDiff(git, { worktree: root, base: { commit: head }, limitBytes: 10_000 });
    expect(truncated).toBe(true);
    expect(patch.length).toBeLessThanOrEqual(10_000);
    expect(patch.length).toBeGreaterThan(9_900);
    expect(patch.endsWith('\n')).toBe(true);
  });

  test('is the same whatever the user has set', async () => {
    const plain = scratch();
    const loud = scratch({
      config:
        '[user]\n\tname = A\n\temail = a@b\n[diff]\n\tnoprefix = true\n\tmnemonicPrefix = true\n\texternal = false\n\trenames = false\n\tsubmodule = log\n[color]\n\tui = always\n[core]\n\tpager = false\n\tquotePath = false\n',
    });
    const patches = [];
    for (const { git, write, repository } of [plain, loud]) {
      const { root, head } = repository('shop', { a: 'a\n', b: TEN });
      write(join(root, 'a'), 'b\n');
      renameSync(join(root, 'b'), join(root, 'c'));
      patches.push((await readDiff(git, { worktree: root, base: { commit: head }, limitBytes: 1e6 })).patch);
    }
    expect(patches[1]).toBe(patches[0]);
  });

  test('is compared with the base before there is a commit', async () => {
    const { git, sh, repository } = scratch();
    const { root, head } = repository();
    sh(root, 'checkout', '--quiet', '--orphan', 'empty');
    const found = await readDiff(git, { worktree: root, base: { commit: head }, limitBytes: 1e6 });
    expect(found).toEqual({ patch: '', base: head, head: '', truncated: false });
  });
});
