import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { readChanges } from '../../source/git/changes.ts';
import { commitAll, findCommitByTrailer } from '../../source/git/commit.ts';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { readDiff } from '../../source/git/diff.ts';
import { findWorktree } from '../../source/git/find-worktree.ts';
import { openGit } from '../../source/git/git.ts';
import { mergeBranch } from '../../source/git/merge.ts';
import { restoreWorktree } from '../../source/git/restore-worktree.ts';
import { writeSnapshot } from '../../source/git/snapshot.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { parsePatch } from '../../source/review/parse-patch.ts';
import { type Scratch, scratch } from './scratch.ts';

/** The whole life of a session's worktree; gives what differs between repositories. */
async function live(all: Scratch, { root, place, base }: { root: string; place: string; base?: string }) {
  const { git, sh, write } = all;
  const view = await describeRepository(git, root);
  const { gitDir } = view.repository;
  const start = base ?? view.head.commit ?? '';
  const worktree = join(place, 'fix');
  const { notes } = await addWorktree(git, { gitDir, path: worktree, branch: 'ada/fix', create: { base: start } });
  expect(sh(worktree, 'status', '--porcelain')).toBe('');
  const names = ['-dash', 'a b/new\nline', 'quo"te', 'späť', 'back\\slash'];
  for (const name of names) write(join(worktree, name), 'new\n');
  const changes = await readChanges(git, { worktree, base: { commit: start } });
  expect(changes).toMatchObject({ files: 5, added: 5, removed: 0, commits: 0, uncommitted: 5, head: start });
  const { patch } = await readDiff(git, { worktree, base: { commit: start }, limitBytes: 1e6 });
  expect(
    parsePatch(patch)
      .map(file => file.path)
      .sort(),
  ).toEqual([...names].sort());
  const { commit: kept } = await writeSnapshot(git, { worktree, ref: 'refs/tutti/s/1' });
  expect(sh(worktree, 'ls-tree', '-r', '--name-only', '-z', kept).split('\0')).toEqual(expect.arrayContaining(names));
  const store = { gitDir, from: worktree, to: join(place, 'store', 'fix') };
  await storeWorktree(git, store);
  expect(existsSync(worktree)).toBe(false);
  await restoreWorktree(git, { gitDir, from: store.to, to: worktree, branch: 'ada/fix', onto: undefined });
  expect(await readChanges(git, { worktree, base: { commit: start } })).toEqual(changes);
  const made = await commitAll(git, { worktree, message: 'Work', trailers: { 'Tutti-Step': 'x' }, branch: 'ada/fix' });
  expect(made.result).toBe('committed');
  const commit = await findCommitByTrailer(git, { worktree, base: start, trailer: { name: 'Tutti-Step', value: 'x' } });
  expect(await readChanges(git, { worktree, base: { commit: start } })).toMatchObject({
    files: 5,
    commits: 1,
    uncommitted: 0,
  });
  return { notes, gitDir, worktree, commit: commit ?? '', changes };
}

describe('a session lives in', () => {
  test('a repository whose settings show signatures: they are not looked at, and no program of theirs runs', async () => {
    const all = scratch();
    const { root, head } = all.repository();
    const tree = all.sh(root, 'rev-parse', 'HEAD^{tree}');
    const by = 'Ada <ada@example.com> 1700000000 +0000';
    const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----';
    all.write(
      all.path('commit'),
      `tree ${tree}\nparent ${head}\nauthor ${by}\ncommitter ${by}\n${signature}\n\nsigned\n`,
    );
    const signed = all.sh(root, 'hash-object', '-t', 'commit', '-w', all.path('commit'));
    const program = all.path('gpg');
    all.write(program, `#!/bin/sh\ntouch ${all.path('ran')}\n`);
    chmodSync(program, 0o755);
    all.sh(root, 'config', 'log.showSignature', 'true');
    all.sh(root, 'config', 'gpg.program', program);
    all.sh(root, 'checkout', '--quiet', '--detach', signed);
    expect((await describeRepository(all.git, root)).head.commit).toBe(signed);
    await live(all, { root, place: all.path('trees'), base: signed });
    expect(existsSync(all.path('ran'))).toBe(false);
  });

  test('a path with spaces, quotes, unicode, a dash and a newline', async () => {
    const all = scratch();
    const { root } = all.repository('-it\'s "späť"\n$(x) {a} [b]');
    await live(all, { root, place: all.path('-tr ees\n"\'🎼') });
  });

  test('a bare repository with worktrees', async () => {
    const all = scratch();
    const { root } = all.repository();
    all.sh(all.path(), 'clone', '--quiet', '--bare', root, 'hub/.bare');
    const { commit, gitDir } = await live(all, { root: all.path('hub/.bare'), place: all.path('hub') });
    const merged = await mergeBranch(all.git, { gitDir, branch: 'ada/fix', commit, into: 'main', message: 'x' });
    expect(merged).toEqual({ result: 'merged', commit, how: 'fastForward' });
  });

  test('a checkout with a detached HEAD', async () => {
    const all = scratch();
    const { root } = all.repository();
    all.sh(root, 'checkout', '--quiet', '--detach');
    await live(all, { root, place: all.path('trees') });
  });

  test('a worktree of a worktree', async () => {
    const all = scratch();
    const { root, head } = all.repository();
    all.sh(root, 'worktree', 'add', '--quiet', '-b', 'outer', all.path('outer'));
    all.sh(all.path('outer'), 'commit', '--quiet', '--allow-empty', '-m', 'outer');
    const { changes } = await live(all, { root: all.path('outer'), place: all.path('outer', '.trees') });
    expect(changes.head).not.toBe(head);
  });

  test('a shallow clone', async () => {
    const all = scratch();
    const { root } = all.repository();
    all.sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'second');
    all.sh(all.path(), 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow');
    await live(all, { root: all.path('shallow'), place: all.path('trees') });
  });

  test('a sparse checkout, which its worktree shares', async () => {
    const all = scratch();
    const { root } = all.repository('shop', { 'in/a': 'a\n', 'out/b': 'b\n', top: 't\n' });
    all.sh(root, 'sparse-checkout', 'set', 'in');
    const { worktree } = await live(all, { root, place: all.path('trees') });
    expect(existsSync(join(worktree, 'in/a'))).toBe(true);
    expect(existsSync(join(worktree, 'out'))).toBe(false);
    // What lies outside of it all the same is not lost.
    all.write(join(worktree, 'out/new'), 'new\n');
    const { commit } = await writeSnapshot(all.git, { worktree, ref: 'refs/tutti/s/2' });
    expect(all.sh(worktree, 'ls-tree', '-r', '--name-only', commit).split('\n')).toEqual(
      expect.arrayContaining(['in/a', 'out/b', 'out/new', 'top']),
    );
  });

  test('one with a file-system monitor, a split index and an untracked cache', async () => {
    const all = scratch();
    const { root } = all.repository();
    all.write(all.path('monitor'), `#!/bin/sh\ntouch ${all.path('monitor-ran')}\n`);
    chmodSync(all.path('monitor'), 0o755);
    for (const [key, value] of [
      ['core.fsmonitor', all.path('monitor')],
      ['core.splitIndex', 'true'],
      ['core.untrackedCache', 'true'],
    ] as const) {
      all.sh(root, 'config', key, value);
    }
    all.sh(root, 'update-index', '--split-index', '--untracked-cache');
    const { worktree } = await live(all, { root, place: all.path('trees') });
    all.sh(all.path(), 'config', '--file', join(root, '.git/config'), 'core.fsmonitor', 'false');
    expect(all.sh(worktree, 'status', '--porcelain')).toBe('');
  });

  test('one whose line ends are converted', async () => {
    const all = scratch();
    const { root } = all.repository('shop', { 'a.txt': 'one\ntwo\n' });
    all.sh(root, 'config', 'core.autocrlf', 'true');
    const { worktree } = await live(all, { root, place: all.path('trees') });
    expect(readFileSync(join(worktree, 'a.txt'), 'utf8')).toBe('one\r\ntwo\r\n');
  });

  test('one whose settings change what git prints and does', async () => {
    const all = scratch({
      config: `[user]
	name = Ada
	email = ada@example.com
[status]
	showUntrackedFiles = no
	relativePaths = false
	renames = copies
[diff]
	external = false
	noprefix = true
	wordRegex = .
[color]
	ui = always
[core]
	quotePath = true
	commentChar = *
[submodule]
	recurse = true
[branch]
	autoSetupMerge = always
	autoSetupRebase = always
[log]
	showSignature = true
	decorate = full
[checkout]
	defaultRemote = nowhere
[commit]
	verbose = true
	status = true
[merge]
	ff = false
[push]
	default = nothing
[alias]
	status = !false
[core]
	hooksPath = /nowhere
`,
    });
    const { root } = all.repository();
    await live(all, { root, place: all.path('trees') });
  });

  test('one where LFS is not set up: it says what is missing', async () => {
    const all = scratch();
    const { root } = all.repository('shop', {
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'a.bin': 'pointer',
    });
    const { notes } = await live(all, { root, place: all.path('trees') });
    expect(notes).toEqual([
      '1 file is only a pointer because git-lfs is not set up: install it, then run git lfs install and git lfs pull in the worktree.',
    ]);
  });

  test('one whose post-checkout hook fails: it says what the hook said', async () => {
    const all = scratch();
    const { root, gitDir, head } = all.repository();
    const script = `#!/bin/sh\necho "$1 $2 $3 $(pwd)" > ${all.path('hook-args')}\necho "no node_modules" >&2\nexit 3\n`;
    all.write(join(gitDir, 'hooks/post-checkout'), script);
    chmodSync(join(gitDir, 'hooks/post-checkout'), 0o755);
    const place = all.path('trees');
    const { notes, worktree } = await live(all, { root, place });
    expect(notes).toEqual(["The repository's post-checkout hook failed in the new worktree: no node_modules."]);
    expect(readFileSync(all.path('hook-args'), 'utf8')).toBe(`${'0'.repeat(40)} ${head} 1 ${worktree}\n`);
  });
});

describe('where it cannot be done, it says why and leaves nothing', () => {
  async function refused(all: Scratch, { root, program }: { root: string; program?: string }) {
    const git = program ? openGit({ env: all.env, program }) : all.git;
    const gitDir = join(root, '.git');
    const path = all.path('trees/fix');
    const base = all.sh(root, 'rev-parse', 'HEAD');
    const error = await addWorktree(git, { gitDir, path, branch: 'ada/fix', create: { base } }).catch(error => error);
    expect(await findWorktree(all.git, { gitDir, path })).toEqual({ state: 'absent' });
    expect(existsSync(path)).toBe(false);
    expect(all.sh(root, 'branch', '--format=%(refname:short)')).toBe('main');
    return error.message.replaceAll(path, '<path>');
  }

  test('LFS is set up but not installed', async () => {
    const all = scratch();
    const { root } = all.repository('shop', { '.gitattributes': '*.bin filter=lfs\n', 'a.bin': 'pointer' });
    for (const [key, value] of Object.entries({
      clean: 'git-lfs clean -- %f',
      smudge: 'git-lfs smudge -- %f',
      process: 'git-lfs filter-process',
      required: 'true',
    })) {
      all.sh(root, 'config', `filter.lfs.${key}`, value);
    }
    expect(await refused(all, { root })).toBe(
      'Could not check the files out into <path>: its files pass through git-lfs, which is not installed. Install git-lfs and try again.',
    );
  });

  for (const verb of ['reset', 'worktree']) {
    test(`the disk is full at ${verb}`, async () => {
      const all = scratch();
      const { root } = all.repository();
      const program = all.path('git-full');
      all.write(
        program,
        `#!/bin/sh\ncase " $* " in *" ${verb} --hard "*|*" ${verb} add "*) git "$@"; echo "fatal: cannot write x: No space left on device" >&2; exit 128;; esac\nexec git "$@"\n`,
      );
      chmodSync(program, 0o755);
      expect(await refused(all, { root, program })).toMatch(
        /^Could not .* (into|in) <path>: the disk is full\. Free some space and try again\.$/,
      );
    });
  }

  test('the place may not be written', async () => {
    const all = scratch();
    const { root } = all.repository();
    all.write(all.path('trees'), 'a file in the way');
    const error = await addWorktree(all.git, {
      gitDir: join(root, '.git'),
      path: all.path('trees/fix'),
      branch: 'x',
      create: { base: all.sh(root, 'rev-parse', 'HEAD') },
    }).catch(e => e);
    expect(error.message).toContain(`Could not make a worktree in ${all.path('trees/fix')}: `);
    expect(all.sh(root, 'branch', '--format=%(refname:short)')).toBe('main');
  });
});
