import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeBranch } from '../../source/git/merge.ts';
import { scratch } from './scratch.ts';

/** A branch `fix` one commit before `main`, and its merge into what is named. */
function ahead() {
  const { git, sh, write, repository } = scratch();
  const { root, gitDir, head } = repository();
  sh(root, 'checkout', '--quiet', '-b', 'fix');
  write(join(root, 'a'), 'one\n');
  sh(root, 'add', '-A');
  sh(root, 'commit', '--quiet', '-m', 'fix');
  const commit = sh(root, 'rev-parse', 'HEAD');
  const merge = (into: string) => mergeBranch(git, { gitDir, branch: 'fix', commit, into, message: 'Merge fix' });
  return { sh, root, head, commit, merge };
}

test('beside a tag of its name the branch is called heads/main, and merged into all the same', async () => {
  const { sh, root, commit, merge } = ahead();
  sh(root, 'tag', 'main', 'fix');
  expect(sh(root, 'rev-parse', '--abbrev-ref', 'refs/heads/main')).toBe('heads/main');
  expect(await merge('heads/main')).toMatchObject({ result: 'merged', commit });
  expect(sh(root, 'rev-parse', 'refs/heads/main')).toBe(commit);
});

test('a branch that is really called heads/main is itself', async () => {
  const { sh, root, head, commit, merge } = ahead();
  sh(root, 'branch', 'heads/main', head);
  expect(await merge('heads/main')).toMatchObject({ result: 'merged', commit });
  expect(sh(root, 'rev-parse', 'refs/heads/main')).toBe(head);
});

test('what started from a commit is merged into no branch', async () => {
  const { head, merge } = ahead();
  await expect(merge(head)).rejects.toThrow(
    `Could not merge fix into ${head.slice(0, 10)}: it started from that commit, not from a branch. Push fix instead, or merge it where you want it.`,
  );
});
