import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { refCommit } from './ref-commit.ts';
import { askGit, runGit } from './run-git.ts';
import { seeBranch } from './see-branch.ts';
import { listWorktrees } from './worktree-list.ts';

/** An existing branch that a session may work on, by the name that people say: `fix/a`, or `origin/fix/a`. */
export interface FoundBranch {
  readonly kind: 'local' | 'remote';
  /** The local name, which a remote one gets when it is checked out. */
  readonly branch: string;
  readonly remote: string | undefined;
  readonly commit: string;
  readonly checkedOut: string | undefined;
}

/** The branch's commit, undefined where there is no such branch. */
export function branchTip(
  git: Git,
  { gitDir, branch }: { readonly gitDir: string; readonly branch: string },
): Promise<string | undefined> {
  return refCommit(git, { gitDir, ref: `refs/heads/${branch}` });
}

/** The commit that a base names (a branch, a tag, a remote branch, a hash, `HEAD`), as a new branch would start from. */
export async function resolveBase(
  git: Git,
  { cwd, base }: { readonly cwd: string; readonly base: string },
): Promise<string> {
  const commit = await askGit(git, {
    cwd,
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`],
  });
  if (commit) return commit;
  if (base === 'HEAD') {
    throw new TuttiError(
      'notFound',
      'The branch that is checked out has no commit to start from: choose another base, or check out another branch.',
    );
  }
  throw new TuttiError(
    'notFound',
    `There is no branch, tag or commit ${base} in this repository: choose another base.`,
  );
}

/** Looks an existing branch up: a local one, else `remote/name`, else the one remote that has it. */
export async function findBranch(
  git: Git,
  { gitDir, name }: { readonly gitDir: string; readonly name: string },
): Promise<FoundBranch | undefined> {
  const [local, remotes, worktrees] = await Promise.all([
    branchTip(git, { gitDir, branch: name }),
    askGit(git, onRepository(gitDir, ['remote'])),
    listWorktrees(git, gitDir),
  ]);
  const place = (branch: string) => worktrees.find(entry => entry.branch === branch)?.path;
  if (local) {
    return {
      kind: 'local',
      branch: name,
      remote: undefined,
      commit: local,
      checkedOut: place(name),
    };
  }
  const names = (remotes ?? '').split('\n').filter(Boolean);
  const named = names.filter(remote => name.startsWith(`${remote}/`)).sort((a, b) => b.length - a.length);
  const choices = [
    ...named.map(remote => ({ remote, branch: name.slice(remote.length + 1) })),
    ...names.map(remote => ({ remote, branch: name })),
  ];
  const found: FoundBranch[] = [];
  for (const { remote, branch } of choices) {
    const commit = await refCommit(git, { gitDir, ref: `refs/remotes/${remote}/${branch}` });
    if (!commit) continue;
    // `origin/x` where x is here too means the local one, if both stand for the same work.
    const tip = await branchTip(git, { gitDir, branch });
    found.push(
      tip
        ? { kind: 'local', branch, remote, commit: tip, checkedOut: place(branch) }
        : { kind: 'remote', branch, remote, commit, checkedOut: undefined },
    );
    if (named.includes(remote) && name === `${remote}/${branch}`) return found.at(-1);
  }
  if (found.length > 1) {
    const where = found.map(({ remote, branch }) => `${remote}/${branch}`).join(' and ');
    throw new TuttiError('conflict', `The branch ${name} is on several remotes: say which, ${where}.`);
  }
  return found[0];
}

/**
 * Makes a branch. Who asks again after a crash, with the same mark, finds it made; one of somebody else's with that name is
 * refused. The mark lies in the branch's reflog.
 */
export async function createBranch(
  git: Git,
  {
    gitDir,
    branch,
    commit,
    mark,
  }: { readonly gitDir: string; readonly branch: string; readonly commit: string; readonly mark: string },
): Promise<'created' | 'there'> {
  const ref = `refs/heads/${branch}`;
  const message = markText(mark);
  const made = await runGit(git, {
    ...onRepository(gitDir, ['update-ref', '--create-reflog', '-m', message, ref, commit, '0'.repeat(commit.length)]),
    // The reflog is written with somebody's name, and it need not be the user's.
    env: { GIT_COMMITTER_NAME: 'tutti', GIT_COMMITTER_EMAIL: 'tutti@localhost' },
  });
  if (made.code === 0) return 'created';
  if (await isMarked(git, { gitDir, branch, mark })) return 'there';
  if ((await branchTip(git, { gitDir, branch })) !== undefined) {
    throw new TuttiError(
      'conflict',
      `Could not create the branch ${branch}: there is one with that name. Choose another name, or work on that one.`,
    );
  }
  throw gitFailure(`create the branch ${branch}`, made);
}

export async function isMarked(git: Git, marked: Marked): Promise<boolean> {
  return (await madeAt(git, marked)) !== undefined;
}

interface Marked {
  readonly gitDir: string;
  readonly branch: string;
  readonly mark: string;
}

/** Where a branch with this mark began; undefined: it was not made under it. */
export async function madeAt(git: Git, { gitDir, branch, mark }: Marked): Promise<string | undefined> {
  const log = await askGit(
    git,
    onRepository(gitDir, ['log', '--walk-reflogs', '--format=%H %gs', `refs/heads/${branch}`, '--']),
  );
  const first = log?.split('\n').at(-1) ?? '';
  const blank = first.indexOf(' ');
  return first.slice(blank + 1) === markText(mark) ? first.slice(0, blank) : undefined;
}

/** Takes a branch away if it still stands where it was, and nobody has it checked out. */
export async function deleteBranchAt(
  git: Git,
  { gitDir, branch, tip }: { readonly gitDir: string; readonly branch: string; readonly tip: string },
): Promise<'deleted' | 'absent' | 'moved' | 'checkedOut'> {
  const now = await seeBranch(git, { gitDir, branch });
  if (now.tip === undefined) return 'absent';
  if (now.tip !== tip) return 'moved';
  if (now.places.length > 0) return 'checkedOut';
  const result = await runGit(git, onRepository(gitDir, ['update-ref', '-d', `refs/heads/${branch}`, tip]));
  if (result.code !== 0) {
    if ((await branchTip(git, { gitDir, branch })) !== tip) return 'moved';
    throw gitFailure(`delete the branch ${branch}`, result);
  }
  // Where it follows, as `git branch -d` forgets it too; most have none.
  await runGit(git, onRepository(gitDir, ['config', '--remove-section', `branch.${branch}`]));
  return 'deleted';
}

/** A reflog's message is one line. */
function markText(mark: string): string {
  return `tutti: ${mark}`.replace(/\s+/g, ' ');
}
