import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { restoreWorktree } from '../../source/git/restore-worktree.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { scratch } from './scratch.ts';

/** A worktree that is put into the store, and what brings it back. */
async function stored(settings: Readonly<Record<string, string>> = {}) {
  const all = scratch();
  const { git, sh, path } = all;
  const { root, gitDir, head } = all.repository();
  for (const [key, value] of Object.entries(settings)) sh(root, 'config', key, value);
  const [to, from] = [path('fix'), path('store')];
  await addWorktree(git, { gitDir, path: to, branch: 'ada/fix', create: { base: head } });
  all.write(join(to, 'new'), 'new\n');
  await storeWorktree(git, { gitDir, from: to, to: from });
  expect(sh(root, 'for-each-ref', '--format=%(worktreepath)', 'refs/heads/ada/fix')).toBe('');
  const restore = () => restoreWorktree(git, { gitDir, from, to, branch: 'ada/fix', onto: undefined });
  return { ...all, to, admin: join(gitDir, 'worktrees/fix'), restore };
}

test('a HEAD that is a symbolic link is let go and comes back', async () => {
  const { sh, to, restore } = await stored({ 'core.preferSymlinkRefs': 'true' });
  expect(await restore()).toMatchObject({ branch: 'ada/fix' });
  expect(sh(to, 'status', '--porcelain', '--branch')).toBe('## ada/fix\n?? new');
});

test('where an earlier build kept what the HEAD of a repository with reftables looks like, the session’s branch counts', async () => {
  const { sh, to, admin, restore } = await stored();
  writeFileSync(join(admin, 'tutti-head'), 'ref: refs/heads/.invalid\n');
  expect(await restore()).toMatchObject({ branch: 'ada/fix' });
  expect(sh(to, 'status', '--porcelain', '--branch')).toBe('## ada/fix\n?? new');
});
