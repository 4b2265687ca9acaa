import { expect, test } from 'vitest';
import { KnownPlaces } from '../../source/daemon/known-places.ts';
import { openGit } from '../../source/git/git.ts';
import type { Session } from '../../source/session/session.ts';
import { scratch } from '../git/scratch.ts';

/** A git that fails whenever it is asked: what is answered all the same was known. */
const SILENT = '/nowhere/git';

function placesOf(git: ReturnType<typeof openGit>, gitDirs: readonly string[]) {
  const sessions = gitDirs.map(gitDir => ({ repository: { gitDir } }) as Session);
  return new KnownPlaces({ git, ledger: { sessions: () => sessions } as never });
}

test('a repository that has a session is found without git, another one by git only', async () => {
  const { repository, env } = scratch();
  const shop = repository('shop');
  const other = repository('other');
  const places = placesOf(openGit({ env, program: SILENT }), [shop.gitDir]);
  expect(await places.gitDirOf(shop.root)).toBe(shop.gitDir);
  await expect(places.gitDirOf(other.root)).rejects.toThrow('git');
});

test('a place is remembered as it was described last, until it is another repository', async () => {
  const { repository, git, sh, path } = scratch();
  const { root } = repository('shop');
  const places = placesOf(git, []);
  expect(await places.remembered(root)).toBeUndefined();
  const view = await places.describe(root);
  expect(await places.remembered(root)).toEqual(view);
  sh(root, 'init', '--quiet', '--separate-git-dir', path('elsewhere'));
  expect(await places.remembered(root)).toBeUndefined();
});

test('a repository without a commit is looked at each time: what the user is offered depends on it', async () => {
  const { git, sh, path, home } = scratch();
  sh(home, 'init', '--quiet', 'empty');
  const places = placesOf(git, []);
  await places.describe(path('empty'));
  expect(await places.remembered(path('empty'))).toBeUndefined();
});
