import { TuttiError } from '../protocol/rpc.ts';
import { createBranch } from './branch.ts';
import { inASentence } from './file-failure.ts';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';
import { readHead } from './head.ts';
import { isFolder } from './is-folder.ts';
import { forgetKeptHead, readKeptHead, takeBranchAgain } from './kept-head.ts';
import { followFolder, moveFolder, ownRecord } from './move-worktree.ts';
import { type PassPoint, passBy } from './pass-point.ts';
import { askGit, runGit } from './run-git.ts';
import { seeBranch } from './see-branch.ts';
import { unlockRecord } from './worktree-entry.ts';

export interface Restore {
  readonly gitDir: string;
  /** Its folder in the store. */
  readonly from: string;
  readonly to: string;
  /** The session's branch: used where HEAD was on it, or can't be told. */
  readonly branch: string;
  /**
   * Where the branch has moved meanwhile: `branch` brings the folder onto it with its uncommitted edits, `own` puts it on a
   * branch of its own; undefined is refused then.
   */
  readonly onto: 'branch' | 'own' | undefined;
  readonly passPoint?: PassPoint;
}

export interface Restored {
  /** Undefined where HEAD was detached when it was stored, and is again. */
  readonly branch: string | undefined;
  readonly head: string | undefined;
}

/** Brings a worktree back from the store, as it was. Called again after a crash it goes on where it was. */
export function restoreWorktree(git: Git, wanted: Restore): Promise<Restored> {
  return inASentence(`bring the worktree back to ${wanted.to}`, () => restore(git, wanted));
}

async function restore(git: Git, wanted: Restore): Promise<Restored> {
  const { gitDir, from, to, passPoint = passBy } = wanted;
  const [isStored, isHere] = await Promise.all([isFolder(from), isFolder(to)]);
  if (isStored && isHere) {
    throw new TuttiError(
      'conflict',
      `Could not bring the worktree back to ${to}: there is something already. Move it away and try again.`,
    );
  }
  if (!isStored && !isHere) {
    throw new TuttiError(
      'notFound',
      `Could not bring the worktree back to ${to}: its folder ${from} is gone. Its snapshot is still there.`,
    );
  }
  const admin = await ownRecord({ gitDir, place: isStored ? from : to });
  if (isStored) {
    await settleHead(git, { ...wanted, admin, passPoint });
    passPoint('rename');
    await moveFolder({ admin, from, to });
  }
  passPoint('follow');
  await followFolder(git, { gitDir, admin, from, to });
  passPoint('forget');
  await forgetKeptHead(admin);
  passPoint('unlock');
  await unlockRecord(admin);
  const { branch, commit } = await readHead(git, to);
  return { branch, head: commit };
}

/** Puts HEAD where it belongs while the folder is still in the store: what is refused here has changed nothing. */
async function settleHead(
  git: Git,
  {
    gitDir,
    from,
    to,
    branch: sessionBranch,
    onto,
    admin,
    passPoint,
  }: Restore & { readonly admin: string; readonly passPoint: PassPoint },
): Promise<void> {
  const { ref, commit: head } = await readHead(git, from);
  const isSettled = ref?.startsWith('refs/heads/');
  const kept = await readKeptHead(admin);
  if (isSettled || (kept && kept.branch === undefined)) return;
  const branch = kept?.branch ?? sessionBranch;
  const {
    tip,
    places: [place],
  } = await seeBranch(git, { gitDir, branch });
  const hasMoved = tip !== undefined && tip !== head;
  if ((hasMoved || place !== undefined) && onto === 'own' && head !== undefined) {
    passPoint('branch');
    const own = await ownBranch(git, { gitDir, branch, head, mark: `${to} ${head}` });
    passPoint('head');
    return takeBranchAgain(git, { worktree: from, branch: own });
  }
  if (place !== undefined) {
    throw new TuttiError(
      'conflict',
      `Could not bring the worktree back: its branch ${branch} is checked out in ${place}. Leave it there, or keep this one on a branch of its own.`,
    );
  }
  if (hasMoved && onto === undefined) {
    throw new TuttiError(
      'conflict',
      `The branch ${branch} has moved since: bring the worktree onto it, or keep it on a branch of its own.`,
    );
  }
  passPoint('branch');
  if (tip === undefined && head !== undefined) {
    // Somebody deleted it; its commit is still here.
    await createBranch(git, { gitDir, branch, commit: head, mark: `${to} ${head}` });
  } else if (tip !== undefined && tip !== head) {
    await moveOnto(git, { worktree: from, branch, head, tip });
  }
  passPoint('head');
  await takeBranchAgain(git, { worktree: from, branch });
}

/** A branch beside the one that has moved; the same one when asked again after a crash. */
async function ownBranch(
  git: Git,
  {
    gitDir,
    branch,
    head,
    mark,
  }: { readonly gitDir: string; readonly branch: string; readonly head: string; readonly mark: string },
): Promise<string> {
  for (let count = 2; ; count += 1) {
    const name = `${branch}-${count}`;
    try {
      await createBranch(git, { gitDir, branch: name, commit: head, mark });
      return name;
    } catch (error) {
      if (!(error instanceof TuttiError && error.kind === 'conflict')) throw error;
    }
  }
}

/** Brings files and index from one commit to another as a checkout does, edits kept; git refuses where they would be lost. */
async function moveOnto(
  git: Git,
  {
    worktree,
    branch,
    head,
    tip,
  }: { readonly worktree: string; readonly branch: string; readonly head: string | undefined; readonly tip: string },
): Promise<void> {
  const what = `bring the worktree onto ${branch}`;
  for (const name of ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD']) {
    if (await askGit(git, { cwd: worktree, args: ['rev-parse', '--verify', '--quiet', name] })) {
      throw new TuttiError(
        'conflict',
        `Could not ${what}: a merge, cherry-pick or revert in it is not finished. Keep it on a branch of its own.`,
      );
    }
  }
  // What was moved with its folder is unchanged, but git believes only what it has looked at.
  await runGit(git, { cwd: worktree, args: ['update-index', '-q', '--refresh'] });
  const from = head ?? (await emptyTree(git, worktree));
  const result = await runGit(git, {
    cwd: worktree,
    args: ['read-tree', '-m', '-u', '--no-recurse-submodules', from, tip],
  });
  if (result.code === 0) return;
  const files = [
    ...`${result.err}`.matchAll(/Entry '(.*?)' not uptodate|Untracked working tree file '(.*?)' would/g),
  ].map(([, a, b]) => a ?? b);
  if (files.length === 0) throw gitFailure(what, result);
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  throw new TuttiError(
    'conflict',
    `Could not ${what}: your edits to ${files.slice(0, 3).join(', ')}${more} would be lost. Keep it on a branch of its own.`,
  );
}

async function emptyTree(git: Git, cwd: string): Promise<string> {
  return (await runGit(git, { cwd, args: ['mktree'] })).out.trim();
}
