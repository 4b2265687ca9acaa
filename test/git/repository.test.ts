import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginRepository } from '../../source/git/begin-repository.ts';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { openGit } from '../../source/git/git.ts';
import { findRepository } from '../../source/git/repository.ts';
import { scratch } from './scratch.ts';

describe('findRepository', () => {
  test('gives the same for every place in it', async () => {
    const { git, sh, write, path, repository } = scratch();
    const { root, gitDir } = repository('my shop');
    write(join(root, 'deep/er/file'), 'x');
    sh(root, 'worktree', 'add', '--quiet', '-b', 'other', path('trees/o'));
    sh(path('trees/o'), 'worktree', 'add', '--quiet', '-b', 'inner', 'nested/inner');
    symlinkSync(root, path('link'));
    const found = { gitDir, root, name: 'my shop', bare: false };
    const places = [
      root,
      join(root, 'deep/er'),
      join(root, 'deep/er/file'),
      join(root, '.git'),
      path('trees/o'),
      path('trees/o/nested/inner'),
      path('link'),
    ];
    for (const place of places) expect([place, await findRepository(git, place)]).toEqual([place, found]);
  });

  test('is undefined outside, an error where there is nothing or something broken', async () => {
    const { git, write, path } = scratch();
    expect(await findRepository(git, path())).toBeUndefined();
    await expect(findRepository(git, path('none'))).rejects.toThrow(
      `There is no folder ${path('none')}: check the path.`,
    );
    write(path('broken/.git'), 'gitdir: /nowhere\n');
    await expect(findRepository(git, path('broken'))).rejects.toThrow(
      `Could not open the repository in ${path('broken')}: not a git repository: /nowhere.`,
    );
  });

  test('takes its name from the remote', async () => {
    const { git, sh, path, repository } = scratch();
    const { root } = repository('folder');
    const cases: Record<string, string> = {
      'git@github.com:acme/shop.git': 'acme/shop',
      'https://user:secret@example.com/acme/shop.git/': 'acme/shop',
      'ssh://git@example.com:2222/group/sub/shop': 'sub/shop',
      'host:shop.git': 'shop',
      [path('up/stream.git')]: 'folder',
      'file:///srv/acme/shop.git': 'folder',
    };
    for (const [url, name] of Object.entries(cases)) {
      sh(root, 'config', 'remote.origin.url', url);
      expect([url, (await findRepository(git, root))?.name]).toEqual([url, name]);
    }
  });

  test('knows a bare repository, a submodule and a git directory that lies elsewhere', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, gitDir } = repository();
    sh(path(), 'clone', '--quiet', '--bare', root, 'shop.git');
    sh(path('shop.git'), 'config', '--unset', 'remote.origin.url');
    const bare = { gitDir: path('shop.git'), root: path('shop.git'), name: 'shop', bare: true };
    expect(await findRepository(git, path('shop.git'))).toEqual(bare);
    sh(path('shop.git'), 'worktree', 'add', '--quiet', path('tree'), 'main');
    expect(await findRepository(git, path('tree'))).toEqual(bare);

    sh(path(), 'clone', '--quiet', '--bare', root, 'hub/.bare');
    sh(path('hub/.bare'), 'config', '--unset', 'remote.origin.url');
    expect(await findRepository(git, path('hub/.bare'))).toMatchObject({ name: 'hub', bare: true });

    // Nothing is checked out beside a `.git` that is bare, only worktrees are.
    sh(path(), 'clone', '--quiet', '--bare', root, 'trees/.git');
    sh(path('trees/.git'), 'worktree', 'add', '--quiet', path('trees/main'), 'main');
    for (const place of ['trees/.git', 'trees/main']) {
      expect(await findRepository(git, path(place))).toMatchObject({ root: path('trees/.git'), bare: true });
    }

    sh(root, 'submodule', '--quiet', 'add', path('shop.git'), 'lib/sub');
    expect(await findRepository(git, join(root, 'lib/sub'))).toMatchObject({
      gitDir: join(gitDir, 'modules/lib/sub'),
      root: join(root, 'lib/sub'),
      bare: false,
    });

    sh(path(), 'init', '--quiet', '--separate-git-dir', path('store-git'), 'away');
    expect(await findRepository(git, path('away'))).toEqual({
      gitDir: path('store-git'),
      root: path('away'),
      name: 'away',
      bare: false,
    });
  });

  test('works whatever a calling hook has set, and where bare repositories have to be named', async () => {
    const { env, write, path, repository } = scratch();
    const { root, gitDir } = repository();
    const other = repository('other');
    const git = openGit({
      env: {
        ...env,
        GIT_DIR: other.gitDir,
        GIT_WORK_TREE: other.root,
        GIT_INDEX_FILE: '/nowhere',
        GIT_PREFIX: 'x',
        LC_ALL: 'de_DE.UTF-8',
      },
    });
    expect(await findRepository(git, root)).toMatchObject({ gitDir });
    write(path('gitconfig'), '[safe]\n\tbareRepository = explicit\n');
    expect((await describeRepository(git, root)).head.ref).toBe('main');
  });

  test('says that git is missing, or too old', async () => {
    const { env, write, path, repository } = scratch();
    const { root } = repository();
    await expect(findRepository(openGit({ env: { ...env, PATH: path('none') } }), root)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('git is not installed'),
    });
    write(path('old'), '#!/bin/sh\necho git version 2.30.1\n');
    chmodSync(path('old'), 0o755);
    await expect(findRepository(openGit({ env, program: path('old') }), root)).rejects.toThrow(
      'Git 2.30.1 is too old for tutti: install git 2.38 or newer.',
    );
  });

  test('says how to trust the repository of another user', async () => {
    const { env, write, path, repository } = scratch();
    const { root } = repository();
    // git's own means to play this.
    const program = path('git-of-another');
    write(program, '#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"\n');
    chmodSync(program, 0o755);
    await expect(findRepository(openGit({ env, program }), root)).rejects.toThrow(
      `Could not open the repository in ${root}: it belongs to another user, so git does not trust it. To trust it, run: git config --global --add safe.directory '${root}'.`,
    );
  });
});

describe('describeRepository', () => {
  test('shows branches with where they are checked out, HEAD and what is not committed', async () => {
    const { git, sh, write, path, repository } = scratch();
    const { root } = repository('origin');
    sh(root, 'branch', 'feature/x');
    sh(path(), 'clone', '--quiet', root, 'clone');
    const clone = path('clone');
    const place = path('odd\nplace');
    sh(clone, 'worktree', 'add', '--quiet', '-b', 'work', place);
    write(join(clone, 'readme.md'), 'edited\n');
    write(join(clone, 'new/a'), 'a');
    write(join(clone, 'new/b'), 'b');
    const view = await describeRepository(git, clone);
    expect(view).toMatchObject({
      repository: { gitDir: join(clone, '.git'), root: clone },
      head: { ref: 'main', commit: sh(clone, 'rev-parse', 'HEAD') },
      uncommittedFiles: 3,
      empty: false,
      refused: undefined,
    });
    expect(view.head.committedAt).toBe(Number(sh(clone, 'log', '-1', '--format=%ct')) * 1000);
    expect([...view.branches].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'feature/x', remote: 'origin', checkedOut: undefined },
      { name: 'main', remote: undefined, checkedOut: clone },
      { name: 'main', remote: 'origin', checkedOut: undefined },
      { name: 'work', remote: undefined, checkedOut: place },
    ]);
  });

  test('shows a repository without a commit, a detached HEAD and a bare one', async () => {
    const { git, sh, path, repository } = scratch();
    sh(path(), 'init', '--quiet', 'fresh');
    expect(await describeRepository(git, path('fresh'))).toMatchObject({
      head: { ref: 'main', commit: undefined, committedAt: undefined },
      branches: [],
      empty: true,
    });
    const { root, head } = repository();
    sh(root, 'checkout', '--quiet', '--detach');
    expect(await describeRepository(git, root)).toMatchObject({ head: { ref: undefined, commit: head }, empty: false });
    sh(path(), 'clone', '--quiet', '--bare', root, 'shop.git');
    expect(await describeRepository(git, path('shop.git'))).toMatchObject({
      head: { commit: head },
      uncommittedFiles: 0,
    });
    await expect(describeRepository(git, path())).rejects.toThrow(
      `${path()} is not in a git repository: go to one, or make one with git init.`,
    );
  });
});

describe('beginRepository', () => {
  test('makes a repository and a first commit, and nothing more when asked again', async () => {
    const { git, sh, write, path } = scratch();
    write(path('plain/mine'), 'mine');
    await beginRepository(git, path('plain'));
    await beginRepository(git, path('plain'));
    expect(sh(path('plain'), 'log', '--format=%an|%s')).toBe('Ada|Begin');
    expect(sh(path('plain'), 'status', '--porcelain')).toBe('?? mine');
  });

  test('leaves what is staged staged', async () => {
    const { git, sh, write, path } = scratch();
    sh(path(), 'init', '--quiet', 'fresh');
    write(path('fresh/a'), 'a');
    sh(path('fresh'), 'add', 'a');
    await beginRepository(git, path('fresh'));
    expect(sh(path('fresh'), 'status', '--porcelain')).toBe('A  a');
  });

  test('tells how to get a name', async () => {
    const { git, sh, path } = scratch({ config: '[user]\n\tuseConfigOnly = true\n' });
    sh(path(), 'init', '--quiet', 'fresh');
    await expect(beginRepository(git, path('fresh'))).rejects.toThrow(
      `Could not make the first commit in ${path('fresh')}: git does not know your name. Run git config --global user.name "Your Name"`,
    );
  });
});
