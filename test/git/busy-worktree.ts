import { join } from 'node:path';
import { addWorktree } from '../../source/git/add-worktree.ts';
import { scratch } from './scratch.ts';

export const BRANCH = 'ada/fix';

/** A worktree with every kind of unfinished work in it. */
export async function busyWorktree() {
  const all = scratch();
  const { git, sh, path, write, repository } = all;
  const { root, gitDir, head } = repository('shop', { a: 'a\n', b: 'b\n', '.gitignore': '.env\n' });
  const from = path('worktrees', 'fix');
  const to = path('trash', 'fix');
  await addWorktree(git, { gitDir, path: from, branch: BRANCH, create: { base: head } });
  write(join(from, 'a'), 'staged\n');
  sh(from, 'add', 'a');
  write(join(from, 'b'), 'edited\n');
  write(join(from, 'new'), 'new\n');
  write(join(from, '.env'), 'secret\n');
  return { ...all, root, gitDir, head, from, to };
}
