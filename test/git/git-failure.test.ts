import { expect, test } from 'vitest';
import { createBranch, resolveBase } from '../../source/git/branch.ts';
import { gitFailure } from '../../source/git/git-failure.ts';
import { scratch } from './scratch.ts';

test('a branch below the name of another one says which, and what to do', async () => {
  const all = scratch();
  const { root, gitDir, head } = all.repository();
  all.sh(root, 'branch', 'feat/a');
  await expect(createBranch(all.git, { gitDir, branch: 'feat', commit: head, mark: 'x' })).rejects.toThrow(
    'Could not create the branch feat: there is a branch feat/a, and git keeps feat as its folder or within it. Choose another name.',
  );
});

test('a checkout without a commit says so where it is to be started from', async () => {
  const all = scratch();
  const { root } = all.repository();
  all.sh(root, 'symbolic-ref', 'HEAD', 'refs/heads/none');
  await expect(resolveBase(all.git, { cwd: root, base: 'HEAD' })).rejects.toThrow(
    'The branch that is checked out has no commit to start from: choose another base, or check out another branch.',
  );
});

test('what a repository needs that this git does not know is named', () => {
  const all = scratch();
  const { root } = all.repository();
  all.sh(root, 'config', 'core.repositoryFormatVersion', '1');
  all.sh(root, 'config', 'extensions.novelty', 'true');
  let err = '';
  try {
    all.sh(root, 'status');
  } catch (thrown) {
    err = String((thrown as { readonly stderr: string }).stderr);
  }
  expect(gitFailure('look at it', { err }).message).toBe(
    'Could not look at it: the repository uses novelty, which this git does not know. Install a newer git and try again.',
  );
});
