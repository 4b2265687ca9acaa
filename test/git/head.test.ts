import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findWorktree } from '../../source/git/find-worktree.ts';
import { readHead } from '../../source/git/head.ts';
import { seeBranch } from '../../source/git/see-branch.ts';
import { scratch } from './scratch.ts';

describe('readHead', () => {
  test('knows a branch, a detached HEAD, and a branch without a commit', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, head } = repository();
    expect(await readHead(git, root)).toEqual({ ref: 'refs/heads/main', branch: 'main', commit: head });
    sh(root, 'checkout', '--quiet', '--detach');
    expect(await readHead(git, root)).toEqual({ ref: undefined, branch: undefined, commit: head });
    sh(root, 'checkout', '--quiet', '--orphan', 'fresh/er');
    expect(await readHead(git, root)).toEqual({ ref: 'refs/heads/fresh/er', branch: 'fresh/er', commit: undefined });
    sh(root, 'symbolic-ref', 'HEAD', 'refs/tutti/none');
    expect(await readHead(git, root)).toEqual({ ref: 'refs/tutti/none', branch: 'tutti/none', commit: undefined });
    mkdirSync(path('plain'));
    expect(await readHead(git, path('plain'))).toEqual({ ref: undefined, branch: undefined, commit: undefined });
  });

  test('is not taken in by what is called the same: a tag, a branch HEAD, a file HEAD', async () => {
    const { git, sh, write, path, repository } = scratch();
    const { root, gitDir, head } = repository();
    const main = { ref: 'refs/heads/main', branch: 'main', commit: head };
    sh(root, 'worktree', 'add', '--quiet', '-b', 'same', path('tree'));
    sh(root, 'tag', 'same');
    expect(await findWorktree(git, { gitDir, path: path('tree') })).toEqual({ state: 'present', branch: 'same', head });
    sh(root, 'tag', 'main');
    write(join(root, 'HEAD'), 'a file');
    expect(await readHead(git, root)).toEqual(main);
    sh(root, 'update-ref', 'refs/heads/HEAD', sh(root, 'commit-tree', '-m', 'other', 'HEAD^{tree}'));
    expect(await readHead(git, root)).toEqual(main);
  });
});

describe('seeBranch', () => {
  test('knows where it stands and each place that has it checked out', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, gitDir, head } = repository();
    sh(root, 'branch', 'work/a');
    const see = (branch: string) => seeBranch(git, { gitDir, branch });
    expect(await see('work/a')).toEqual({ tip: head, places: [] });
    expect(await see('main')).toEqual({ tip: head, places: [root] });
    for (const none of ['work', 'none', 'work/*', '', '--all']) {
      expect([none, await see(none)]).toEqual([none, { tip: undefined, places: [] }]);
    }
    const odd = path('odd\nplace');
    sh(root, 'worktree', 'add', '--quiet', odd, 'work/a');
    sh(root, 'worktree', 'add', '--quiet', '--force', path('second'), 'work/a');
    expect((await see('work/a')).places.toSorted()).toEqual([odd, path('second')].toSorted());
  });

  test('a bare repository has none checked out, a checkout without a commit has', async () => {
    const { git, sh, path, repository } = scratch();
    const { root, head } = repository();
    sh(path(), 'clone', '--quiet', '--bare', root, 'hub/.git');
    expect(await seeBranch(git, { gitDir: path('hub/.git'), branch: 'main' })).toEqual({ tip: head, places: [] });
    sh(root, 'checkout', '--quiet', '--orphan', 'fresh');
    const seen = await seeBranch(git, { gitDir: join(root, '.git'), branch: 'fresh' });
    expect(seen).toEqual({ tip: undefined, places: [root] });
  });
});
