import type { Git } from './git.ts';
import { type Head, readHead } from './head.ts';
import { gitText } from './run-git.ts';
import { readTrees } from './trees.ts';

export interface Snapshot {
  /** Its tree is the worktree's files, untracked ones too. Parents: HEAD (none before the first commit), and the index. */
  readonly commit: string;
  /** What HEAD stood on. */
  readonly head: Head;
  /** What could not be read and is not in it, in git's words; nothing as a rule. */
  readonly missed: string | undefined;
}

/** git demands a name for a commit; this one is nobody's work. */
const NAME = {
  GIT_AUTHOR_NAME: 'tutti',
  GIT_AUTHOR_EMAIL: 'tutti@localhost',
  GIT_COMMITTER_NAME: 'tutti',
  GIT_COMMITTER_EMAIL: 'tutti@localhost',
};

/**
 * Keeps a worktree's tracked and untracked files (not the ignored ones) and its index as a commit under `ref`. The index, HEAD
 * and the files are not touched, whatever is going on there: a merge, a rebase, a conflict. Uncommitted work inside of
 * submodules is not part of it.
 */
export async function writeSnapshot(
  git: Git,
  { worktree, ref }: { readonly worktree: string; readonly ref: string },
): Promise<Snapshot> {
  const what = `keep a snapshot of ${worktree}`;
  const head = await readHead(git, worktree);
  const { index, files, missed } = await readTrees(git, { worktree, what });
  const call = async (...args: readonly string[]) =>
    (await gitText(git, { cwd: worktree, args, env: NAME, what })).trim();
  const parent = head.commit === undefined ? [] : ['-p', head.commit];
  const staged = await call('commit-tree', ...parent, '-m', 'tutti: index', index);
  const commit = await call('commit-tree', ...parent, '-p', staged, '-m', `tutti: snapshot of ${worktree}`, files);
  await call('update-ref', '-m', 'tutti: snapshot', ref, commit);
  return { commit, head, missed };
}
