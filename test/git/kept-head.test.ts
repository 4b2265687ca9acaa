import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { restoreWorktree } from '../../source/git/restore-worktree.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { type Scratch, scratch } from './scratch.ts';

/** A worktree with work in it. */
async function worktree(all: Scratch, root: string) {
  const gitDir = join(root, '.git');
  const [to, from] = [all.path('fix'), all.path('store')];
  const base = all.sh(root, 'rev-parse', 'HEAD');
  await addWorktree(all.git, { gitDir, path: to, branch: 'ada/fix', create: { base } });
  all.write(join(to, 'new'), 'new\n');
  return { gitDir, to, from, head: join(gitDir, 'worktrees/fix/HEAD'), kept: join(gitDir, 'worktrees/fix/tutti-head') };
}

/** Into the store, which frees the branch, and back onto it. */
async function comesBack(
  all: Scratch,
  root: string,
  { gitDir, to, from, stored }: { gitDir: string; to: string; from: string; stored?: () => void },
) {
  await storeWorktree(all.git, { gitDir, from: to, to: from });
  expect(all.sh(root, 'for-each-ref', '--format=%(worktreepath)', 'refs/heads/ada/fix')).toBe('');
  stored?.();
  const restored = await restoreWorktree(all.git, { gitDir, from, to, branch: 'ada/fix', onto: undefined });
  expect(restored).toMatchObject({ branch: 'ada/fix' });
  expect(all.sh(to, 'status', '--porcelain', '--branch')).toBe('## ada/fix\n?? new');
}

test('a HEAD that is a symbolic link is let go and comes back', async ({ skip }) => {
  const all = scratch();
  const { root } = all.repository();
  all.sh(root, 'config', 'core.preferSymlinkRefs', 'true');
  const made = await worktree(all, root);
  if (!lstatSync(made.head).isSymbolicLink()) skip('this git makes none');
  await comesBack(all, root, made);
});

test('with reftables a HEAD is let go and comes back', async ({ skip }) => {
  const all = scratch();
  const root = all.path('tables');
  try {
    all.sh(all.home, 'init', '--quiet', '--ref-format=reftable', root);
  } catch {
    skip('this git has none');
  }
  all.sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  await comesBack(all, root, await worktree(all, root));
});

test('where an earlier build kept what the HEAD of a repository with reftables looks like, the session’s branch counts', async () => {
  const all = scratch();
  const { root } = all.repository();
  const made = await worktree(all, root);
  await comesBack(all, root, { ...made, stored: () => writeFileSync(made.kept, 'ref: refs/heads/.invalid\n') });
});
