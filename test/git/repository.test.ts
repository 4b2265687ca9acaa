import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { openGit } from '../../source/git/git.ts';
import { seeRepository } from '../../source/git/repository.ts';
import { scratch } from './scratch.ts';

const findRepository = async (...place: Parameters<typeof seeRepository>) =>
  (await seeRepository(...place))?.repository;

describe('seeRepository', () => {
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

  test('knows a bare repository however its setting is written, and where it is that of the main checkout only', async () => {
    const { git, sh, write, path, repository } = scratch();
    const { root } = repository();
    sh(path(), 'clone', '--quiet', '--bare', root, 'hub/.git');
    sh(path('hub/.git'), 'worktree', 'add', '--quiet', path('hub/main'), 'main');
    const config = (bare: string) => `[core]\n\trepositoryformatversion = 0\n${bare}[remote "a.b"]\n\turl = x\n`;
    const bareOf = async () => [
      await findRepository(git, path('hub/.git')).then(found => found?.bare),
      await findRepository(git, path('hub/main')).then(found => found?.bare),
    ];
    for (const [text, bare] of [
      ['\tbare\n', true],
      ['\tbare = Yes\n', true],
      ['\tbare = 1\n', true],
      ['\tbare = 0\n', false],
      ['\tbare = off\n', false],
      ['\tbare =\n', false],
      ['\tbare = false\n\tbare = true\n', true],
      ['\tbare = true\n\tbare = false\n', false],
    ] as const) {
      write(path('hub/.git/config'), config(text));
      expect([text, await bareOf()]).toEqual([text, [bare, bare]]);
    }
    write(path('hub/.git/config'), `${config('')}[extensions]\n\tworktreeConfig = true\n`);
    write(path('hub/.git/config.worktree'), '[core]\n\tbare = true\n');
    expect(await bareOf()).toEqual([true, true]);
  });

  test('tells the places apart whatever is in their names', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, gitDir } = repository('a\n--/\nb');
    sh(root, 'worktree', 'add', '--quiet', '-b', 'other', path('\n--\n/c\n--//'));
    for (const [place, checkout] of [
      [root, root],
      [gitDir, undefined],
      [path('\n--\n/c\n--'), path('\n--\n/c\n--')],
    ] as const) {
      expect(await seeRepository(git, place)).toMatchObject({ repository: { gitDir, root }, checkout });
    }
  });

  test('knows the remotes as git lists them', async () => {
    const { git, sh, repository } = scratch();
    const { root } = repository();
    expect((await seeRepository(git, root))?.remotes).toEqual([]);
    for (const name of ['up', 'up.stream/x', 'origin']) sh(root, 'remote', 'add', name, 'nowhere');
    sh(root, 'config', 'remote.pushDefault', 'up');
    sh(root, 'config', 'remote.half.prune', 'true');
    expect([...((await seeRepository(git, root))?.remotes ?? [])].sort()).toEqual(
      sh(root, 'remote').split('\n').sort(),
    );
  });

  test('asks a git for its version once, and another one in its place again', async () => {
    const { env, write, path, repository } = scratch();
    const { root } = repository();
    const program = path('git-of-today');
    const put = (version: string) => {
      const answer = `echo asked >> '${path('asked')}'; echo git version ${version}`;
      write(program, `#!/bin/sh\n[ "$1" = --version ] && { ${answer}; exit; }\nexec git "$@"\n`);
      chmodSync(program, 0o755);
    };
    put('2.50.0');
    for (const _ of [1, 2]) expect(await findRepository(openGit({ env, program }), root)).toBeDefined();
    expect(readFileSync(path('asked'), 'utf8')).toBe('asked\n');
    put('2.5.0');
    for (const _ of [1, 2]) await expect(findRepository(openGit({ env, program }), root)).rejects.toThrow('too old');
    put('2.51.10');
    expect(await findRepository(openGit({ env, program }), root)).toBeDefined();
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

  test('names HEAD so that it is no tag, and knows its time where no branch stands there', async () => {
    const { git, sh, repository } = scratch();
    const { root } = repository();
    sh(root, 'tag', 'main');
    expect((await describeRepository(git, root)).head).toMatchObject({
      ref: sh(root, 'symbolic-ref', '--short', 'HEAD'),
    });
    sh(root, 'checkout', '--quiet', '--detach');
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'on no branch', '--date=2001-01-01T00:00:00Z');
    expect((await describeRepository(git, root)).head).toEqual({
      ref: undefined,
      commit: sh(root, 'rev-parse', 'HEAD'),
      committedAt: Number(sh(root, 'log', '-1', '--format=%ct')) * 1000,
    });
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
