import { TuttiError } from '../protocol/rpc.ts';
import { branchTip } from './branch.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { gitText, runGit } from './run-git.ts';
import { listWorktrees } from './worktree-list.ts';

export interface LocalMerge {
  readonly gitDir: string;
  /** The session's branch, and the commit of it that was seen. */
  readonly branch: string;
  readonly commit: string;
  /** The local branch that takes it. */
  readonly into: string;
  readonly message: string;
  /** Ends the post-merge hook; the merge is done then. */
  readonly signal?: AbortSignal;
}

export type MergeResult =
  | { readonly result: 'merged'; readonly commit: string; readonly how: 'fastForward' | 'merge' | 'already' }
  | { readonly result: 'conflict'; readonly files: readonly string[] };

/**
 * Merges a branch into another one of this repository, without a checkout: the merge is made in git's memory first, and
 * conflicts are a list of files. Where the other branch is checked out its files follow, unless edits there would be lost.
 * Asked again after a crash it finds the merge.
 */
export async function mergeBranch(git: Git, wanted: LocalMerge): Promise<MergeResult> {
  const { gitDir, branch, commit, message } = wanted;
  const into = await localBranch(git, { gitDir, name: wanted.into });
  const what = `merge ${branch} into ${into}`;
  const [tip, before] = await Promise.all([
    branchTip(git, { gitDir, branch }),
    branchTip(git, { gitDir, branch: into }),
  ]);
  if (before === undefined) {
    const isCommit = /^[0-9a-f]{7,64}$/.test(into);
    throw new TuttiError(
      'notSupported',
      isCommit
        ? `Could not ${what.replace(into, into.slice(0, 10))}: it started from that commit, not from a branch. Push ${branch} instead, or merge it where you want it.`
        : `Could not ${what}: ${into} is no local branch. Push ${branch} instead, or make a local branch ${into}.`,
    );
  }
  if (await isAncestor(git, { gitDir, older: commit, newer: before }))
    return { result: 'merged', commit: before, how: 'already' };
  if (tip !== commit) {
    throw new TuttiError(
      'conflict',
      `Could not ${what}: ${branch} has moved since you looked at it. Look at it again.`,
    );
  }
  const isFastForward = await isAncestor(git, { gitDir, older: before, newer: commit });
  const made = isFastForward ? { commit } : await makeMerge(git, { gitDir, before, commit, message, what });
  if ('files' in made) return { result: 'conflict', files: made.files };
  const { signal } = wanted;
  await advance(git, { gitDir, into, before, after: made.commit, what, signal });
  return { result: 'merged', commit: made.commit, how: isFastForward ? 'fastForward' : 'merge' };
}

/** The branch's own name: beside a tag of the same name git calls it `heads/main`. */
async function localBranch(
  git: Git,
  { gitDir, name }: { readonly gitDir: string; readonly name: string },
): Promise<string> {
  const plain = name.replace(/^refs\/heads\//, '');
  if (!plain.startsWith('heads/') || (await branchTip(git, { gitDir, branch: plain })) !== undefined) return plain;
  return plain.slice('heads/'.length);
}

async function isAncestor(
  git: Git,
  { gitDir, older, newer }: { readonly gitDir: string; readonly older: string; readonly newer: string },
): Promise<boolean> {
  const result = await runGit(git, {
    ...onRepository(gitDir, ['merge-base', '--is-ancestor', older, newer]),
    read: true,
  });
  return result.code === 0;
}

async function makeMerge(
  git: Git,
  {
    gitDir,
    before,
    commit,
    message,
    what,
  }: {
    readonly gitDir: string;
    readonly before: string;
    readonly commit: string;
    readonly message: string;
    readonly what: string;
  },
): Promise<{ readonly commit: string } | { readonly files: readonly string[] }> {
  const merged = await runGit(
    git,
    onRepository(gitDir, ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', before, commit]),
  );
  const [tree = '', ...files] = merged.out.split('\0').filter(Boolean);
  // 1 says conflicts, anything above that the merge could not be tried.
  if (merged.code === 1) return { files: [...new Set(files)] };
  if (merged.code !== 0) throw gitFailure(what, merged);
  const made = await gitText(git, {
    ...onRepository(gitDir, ['commit-tree', '-p', before, '-p', commit, '-F', '-', tree.trim()]),
    input: message,
    what,
  });
  return { commit: made.trim() };
}

async function advance(
  git: Git,
  {
    gitDir,
    into,
    before,
    after,
    what,
    signal,
  }: {
    readonly gitDir: string;
    readonly into: string;
    readonly before: string;
    readonly after: string;
    readonly what: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const place = (await listWorktrees(git, gitDir)).find(entry => entry.branch === into && !entry.bare)?.path;
  if (place === undefined) {
    const args = ['update-ref', '-m', what, `refs/heads/${into}`, after, before];
    await gitText(git, { ...onRepository(gitDir, args), what });
    return;
  }
  // Its hook is run by itself: ended in the middle of a checkout, git would leave the user's files half changed.
  const args = ['-c', 'core.hooksPath=/dev/null', 'merge', '--ff-only', '--quiet', after];
  const result = await runGit(git, { cwd: place, args });
  if (result.code === 0) return runPostMerge(git, { place, signal });
  if (/would be overwritten by merge/.test(result.err)) {
    const files = [...result.err.matchAll(/^\t(.*)$/gm)].map(([, file]) => file);
    throw new TuttiError(
      'conflict',
      `Could not ${what}: your edits to ${files.slice(0, 3).join(', ')} in ${place} would be lost. Commit or stash them first.`,
    );
  }
  throw gitFailure(`${what} in ${place}`, result);
}

/** As `git merge` does: what it says or how it ends changes nothing. */
async function runPostMerge(
  git: Git,
  { place, signal }: { readonly place: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  await runGit(git, {
    cwd: place,
    args: ['hook', 'run', '--ignore-missing', 'post-merge', '--', '0'],
    withHooks: true,
    // A process group of its own, which is ended as a whole.
    onStart: () => undefined,
    ...(signal ? { signal } : {}),
    // Ended by somebody, the merge is done all the same.
  }).catch(() => undefined);
}
