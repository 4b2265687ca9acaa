import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { readChanges } from '../../source/git/changes.ts';
import { commitAll } from '../../source/git/commit.ts';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { openGit } from '../../source/git/git.ts';
import { restoreWorktree } from '../../source/git/restore-worktree.ts';
import { writeSnapshot } from '../../source/git/snapshot.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { readFiles } from '../../source/git/trees.ts';
import { scratch } from './scratch.ts';

/** A git that notes what it is called with: each call costs the daemon more than all else that it does. */
function counted(all: ReturnType<typeof scratch>) {
  const program = all.path('counted-git');
  const log = all.path('calls');
  all.write(program, `#!/bin/sh\n[ "$1" = --version ] || echo . >> '${log}'\nexec git "$@"\n`);
  chmodSync(program, 0o755);
  const git = openGit({ env: all.env, program });
  return async (act: (git: ReturnType<typeof openGit>) => Promise<unknown>) => {
    rmSync(log, { force: true });
    await act(git);
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
  };
}

test('git is called no more often than it has to be', async () => {
  const all = scratch();
  const { root, head } = all.repository();
  const callsOf = counted(all);
  expect(await callsOf(git => describeRepository(git, root))).toBe(6);
  const path = all.path('tree');
  const store = all.path('store');
  const [gitDir, branch] = [join(root, '.git'), 'ada/fix'];
  expect(await callsOf(git => addWorktree(git, { gitDir, path, branch, create: { base: head } }))).toBe(5);
  all.write(join(path, 'new'), 'new\n');
  expect(await callsOf(git => readChanges(git, { worktree: path, base: { commit: head } }))).toBe(4);
  expect(await callsOf(git => readFiles(git, { worktree: path, what: 'read the files' }))).toBe(2);
  expect(await callsOf(git => writeSnapshot(git, { worktree: path, ref: 'refs/tutti/x/1' }))).toBe(7);
  expect(await callsOf(git => storeWorktree(git, { gitDir, from: path, to: store }))).toBe(2);
  const restore = { gitDir, from: store, to: path, branch, onto: undefined };
  expect(await callsOf(git => restoreWorktree(git, restore))).toBe(4);
  expect(await callsOf(git => commitAll(git, { worktree: path, message: 'New', trailers: {} }))).toBe(7);
});
