import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSnapshot } from '../../source/git/snapshot.ts';
import { readFiles } from '../../source/git/trees.ts';
import { type Scratch, scratch } from './scratch.ts';

const REF = 'refs/tutti/s1/1';

/** What a snapshot must leave alone. */
function state({ sh }: Scratch, root: string) {
  return {
    index: readFileSync(join(root, '.git/index')).toString('base64'),
    status: sh(root, 'status', '--porcelain', '--ignored'),
    branch: sh(root, 'symbolic-ref', 'HEAD'),
    files: readdirSync(join(root, '.git')).sort(),
    stash: sh(root, 'stash', 'list'),
  };
}

function filesOf({ sh }: Scratch, root: string, commit: string): Record<string, string> {
  const names = sh(root, 'ls-tree', '-r', '-z', '--name-only', commit).split('\0').filter(Boolean);
  return Object.fromEntries(names.map(name => [name, sh(root, 'cat-file', 'blob', `${commit}:${name}`)]));
}

describe('writeSnapshot', () => {
  test('keeps index, tracked and untracked files, and touches nothing', async () => {
    const all = scratch();
    const { git, sh, write, repository } = all;
    const { root, head } = repository('shop', { a: 'a\n', b: 'b\n', gone: 'x\n', '.gitignore': 'ignored\n' });
    write(join(root, 'a'), 'staged\n');
    sh(root, 'add', 'a');
    write(join(root, 'a'), 'edited\n');
    write(join(root, 'new/file'), 'new\n');
    write(join(root, 'ignored'), 'secret\n');
    sh(root, 'rm', '--quiet', 'gone');
    const before = state(all, root);
    const { commit, missed } = await writeSnapshot(git, { worktree: root, ref: REF });
    expect(missed).toBeUndefined();
    expect(filesOf(all, root, commit)).toEqual({ '.gitignore': 'ignored', a: 'edited', b: 'b', 'new/file': 'new' });
    expect(filesOf(all, root, `${commit}^2`)).toEqual({ '.gitignore': 'ignored', a: 'staged', b: 'b' });
    expect(sh(root, 'rev-parse', `${commit}^1`, REF)).toBe(`${head}\n${commit}`);
    expect(state(all, root)).toEqual(before);
  });

  test('sees a change of the same length in the second in which the index was written', async () => {
    const all = scratch();
    const { git, sh, write, repository } = all;
    const { root } = repository('shop', { a: 'one\n' });
    sh(root, 'config', 'core.trustctime', 'false');
    const second = 1_700_000_000;
    const file = join(root, 'a');
    utimesSync(file, second, second);
    sh(root, 'update-index', '--refresh');
    utimesSync(join(root, '.git/index'), second, second);
    write(file, 'two\n');
    utimesSync(file, second, second);
    const { commit } = await writeSnapshot(git, { worktree: root, ref: REF });
    expect(filesOf(all, root, commit)).toEqual({ a: 'two' });
  });

  test('works before the first commit and again afterwards', async () => {
    const all = scratch();
    const { git, sh, path, write } = all;
    const root = path('fresh');
    write(join(root, 'a'), 'a\n');
    sh(root, 'init', '--quiet');
    const first = await writeSnapshot(git, { worktree: root, ref: REF });
    expect(filesOf(all, root, first.commit)).toEqual({ a: 'a' });
    write(join(root, 'b'), 'b\n');
    const second = await writeSnapshot(git, { worktree: root, ref: REF });
    expect(filesOf(all, root, second.commit)).toEqual({ a: 'a', b: 'b' });
    expect(sh(root, 'rev-parse', REF)).toBe(second.commit);
  });

  for (const kind of ['merge', 'rebase']) {
    test(`works in the middle of a ${kind} with conflicts`, async () => {
      const all = scratch();
      const { git, sh, write, repository } = all;
      const { root } = repository('shop', { both: 'base\n', mine: 'base\n' });
      const commit = (text: string, ...removed: string[]) => {
        write(join(root, 'both'), text);
        if (removed.length > 0) sh(root, 'rm', '--quiet', ...removed);
        else write(join(root, 'mine'), text);
        sh(root, 'commit', '--quiet', '-am', text);
      };
      sh(root, 'branch', 'other');
      commit('ours\n');
      sh(root, 'checkout', '--quiet', 'other');
      commit('theirs\n', 'mine');
      expect(() => sh(root, kind, 'main')).toThrow();
      const index = readFileSync(join(root, '.git/index')).toString('base64');
      const status = sh(root, 'status', '--porcelain');
      const { commit: snapshot } = await writeSnapshot(git, { worktree: root, ref: REF });
      expect(readFileSync(join(root, '.git/index')).toString('base64')).toBe(index);
      expect(sh(root, 'status', '--porcelain')).toBe(status);
      expect(filesOf(all, root, snapshot).both).toContain('<<<<<<<');
      expect(await readFiles(git, { worktree: root, what: 'read' })).toBe(sh(root, 'rev-parse', `${snapshot}^{tree}`));
      expect(filesOf(all, root, `${snapshot}^2`).both).toBe(kind === 'merge' ? 'theirs' : 'ours');
      expect(filesOf(all, root, `${snapshot}^2`).mine).toBe('ours');
    });
  }

  test('keeps odd names, links and modes', async () => {
    const all = scratch();
    const { git, sh, write, repository } = all;
    const { root } = repository();
    const names = ['-dash', 'a b', 'new\nline', 'quo"te', "quo'te", 'späť', '🎼', ':(top)x', '*.txt', 'back\\slash'];
    for (const name of names) write(join(root, name), name);
    symlinkSync('readme.md', join(root, 'link'));
    const { commit } = await writeSnapshot(git, { worktree: root, ref: REF });
    const kept = filesOf(all, root, commit);
    for (const name of names) expect(kept[name]).toBe(name);
    expect(sh(root, 'ls-tree', commit, 'link')).toMatch(/^120000/);
  });

  test('works where a filter is missing, with line ends to convert, with a nested repository', async () => {
    const all = scratch();
    const { git, sh, write, repository } = all;
    const { root } = repository('shop', { 'a.txt': 'a\n' });
    for (const [key, value] of Object.entries({
      'core.autocrlf': 'true',
      'core.safecrlf': 'true',
      'filter.lfs.clean': 'no-such-program',
      'filter.lfs.required': 'true',
    })) {
      sh(root, 'config', key, value);
    }
    write(join(root, '.gitattributes'), '*.bin filter=lfs -text\n');
    write(join(root, 'big.bin'), 'big');
    write(join(root, 'crlf.txt'), 'one\r\ntwo\n');
    write(join(root, 'nested/file'), 'x');
    sh(join(root, 'nested'), 'init', '--quiet');
    const { commit, missed } = await writeSnapshot(git, { worktree: root, ref: REF });
    expect(Object.keys(filesOf(all, root, commit)).sort()).toEqual(['.gitattributes', 'a.txt', 'big.bin', 'crlf.txt']);
    expect(missed).toContain('nested');
  });

  test('needs no name of the user', async () => {
    const { git, write, path, repository } = scratch();
    const { root } = repository();
    write(path('gitconfig'), '[user]\n\tuseConfigOnly = true\n');
    write(join(root, 'new'), 'new\n');
    const { missed } = await writeSnapshot(git, { worktree: root, ref: 'refs/tutti/x/1' });
    expect(missed).toBeUndefined();
  });

  test('clears away the copy of an index that a crash left, and leaves none', async () => {
    const all = scratch();
    const { git, write, repository } = all;
    const { root } = repository();
    write(join(root, '.git/tutti-index-old/index'), 'x');
    await writeSnapshot(git, { worktree: root, ref: REF });
    expect(readdirSync(join(root, '.git')).filter(name => name.startsWith('tutti-'))).toEqual([]);
    expect(existsSync(join(root, '.git/index.lock'))).toBe(false);
  });
});
