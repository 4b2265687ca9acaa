import { dirname } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { makeDirectory } from '../system/make-directory.ts';
import { createBranch, deleteBranchAt, findBranch, isMarked } from './branch.ts';
import { inASentence } from './file-failure.ts';
import { discardHalfMade, findWorktree, MAKING } from './find-worktree.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitFailure, gitSays } from './git-failure.ts';
import { runNoted } from './orphan.ts';
import { type PassPoint, passBy } from './pass-point.ts';
import { gitText } from './run-git.ts';
import { findRecord, unlockRecord } from './worktree-entry.ts';
import { worktreeNotes } from './worktree-notes.ts';

export interface NewWorktree {
  readonly gitDir: string;
  readonly path: string;
  /** A new branch's name, or an existing one's: local, `origin/name`, or the name that one remote has. */
  readonly branch: string;
  /** The commit that a new branch starts from; undefined works on the existing branch. */
  readonly create: { readonly base: string } | undefined;
  /** Changes the fresh checkout before it counts as made: after a crash in it all begins anew. */
  readonly fill?: () => Promise<void>;
  readonly passPoint?: PassPoint;
  /** Ends the checkout and the hook: then it fails as `cancelled`, and nothing of it stays. */
  readonly signal?: AbortSignal;
  /** What git does in the repository goes through it, one after the other; the hook, which may last for ever, beside it. */
  readonly inTurn?: InTurn;
}

type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

export interface AddedWorktree {
  /** The local branch that is checked out there. */
  readonly branch: string;
  /** This worktree's making made the branch: undoing it takes the branch away again. */
  readonly branchCreated: boolean;
  readonly commit: string;
  /** What is not as in the user's own checkout, as sentences: files of LFS, submodules, a hook that failed. */
  readonly notes: readonly string[];
}

/**
 * Makes a worktree with its branch. Asked again for the same path after a crash, it clears away what is half made, finds what
 * is done, and goes on. When it fails nothing of it stays.
 *
 * Unlike a plain `git worktree add` it is locked with our reason until the last step, so that a half-made one is known as such,
 * and the checkout is a step of its own, so that it can be ended.
 */
export async function addWorktree(git: Git, wanted: NewWorktree): Promise<AddedWorktree> {
  const { gitDir, path, passPoint = passBy, signal, inTurn = work => work() } = wanted;
  const begun = await inTurn(() => begin(git, wanted));
  if ('there' in begun) return begun.there;
  const { branch, admin } = begun;
  return undoneWhenFailed(git, { gitDir, path, branch, inTurn }, async () => {
    passPoint('hook');
    const hook = await runPostCheckout(git, { path, admin, commit: branch.commit, signal });
    return inTurn(async () => {
      const notes = [...(hook ? [hook] : []), ...(await worktreeNotes(git, path))];
      passPoint('fill');
      await wanted.fill?.();
      passPoint('unlock');
      await unlockRecord(admin);
      return { branch: branch.name, branchCreated: branch.created, commit: branch.commit, notes };
    });
  });
}

/** Up to the checkout, locked as half made. */
async function begin(
  git: Git,
  wanted: NewWorktree,
): Promise<{ readonly there: AddedWorktree } | { readonly branch: TakenBranch; readonly admin: string }> {
  const { gitDir, path, passPoint = passBy, signal } = wanted;
  const found = await findWorktree(git, { gitDir, path });
  switch (found.state) {
    case 'present':
      return { there: await alreadyThere(git, { ...wanted, found }) };
    case 'foreign':
      throw new TuttiError(
        'conflict',
        `Could not make a worktree in ${path}: there is something else already. Move it away, or choose another place.`,
      );
    case 'halfMade':
    case 'gone':
      await discardHalfMade({ gitDir, path });
      break;
    case 'absent':
  }
  passPoint('branch');
  const branch = await takeBranch(git, wanted);
  return undoneWhenFailed(git, { gitDir, path, branch, inTurn: work => work() }, async () => {
    passPoint('record');
    await inASentence(`make a worktree in ${path}`, async () => makeDirectory(dirname(path)));
    await gitText(git, {
      ...onRepository(gitDir, [
        'worktree',
        'add',
        '--quiet',
        '--no-checkout',
        '--lock',
        '--reason',
        MAKING,
        '--',
        path,
        branch.name,
      ]),
      what: `make a worktree in ${path}`,
    });
    passPoint('checkout');
    const record = await findRecord(gitDir, path);
    if (!record) throw new TuttiError('failed', `Could not make a worktree in ${path}: git forgot it. Try again.`);
    await checkOut(git, { path, admin: record.admin, signal });
    return { branch, admin: record.admin };
  });
}

interface Undoing {
  readonly gitDir: string;
  readonly path: string;
  readonly branch: TakenBranch;
  readonly inTurn: InTurn;
}

/** What it can't take away is found as half made by who asks next; the error to tell is the first one. */
async function undoneWhenFailed<Result>(
  git: Git,
  { gitDir, path, branch, inTurn }: Undoing,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const undo = async () => {
      await discardHalfMade({ gitDir, path });
      if (branch.created) await deleteBranchAt(git, { gitDir, branch: branch.name, tip: branch.commit });
    };
    // Anything else is a bug or a crash played by a test: then the next call finds what is there.
    if (error instanceof TuttiError) await inTurn(undo).catch(() => undefined);
    throw error;
  }
}

async function alreadyThere(
  git: Git,
  {
    gitDir,
    path,
    branch,
    create,
    found,
  }: NewWorktree & { readonly found: { readonly branch: string | undefined; readonly head: string | undefined } },
): Promise<AddedWorktree> {
  const { branch: current, head } = found;
  const wanted = create ? branch : (await findBranch(git, { gitDir, name: branch }))?.branch;
  if (current === undefined || head === undefined || current !== wanted) {
    throw new TuttiError(
      'conflict',
      `Could not make a worktree in ${path}: there is one already, on ${current ?? 'no branch'}. Choose another place.`,
    );
  }
  return {
    branch: current,
    branchCreated: await isMarked(git, { gitDir, branch: current, mark: path }),
    commit: head,
    notes: await worktreeNotes(git, path),
  };
}

interface TakenBranch {
  readonly name: string;
  readonly commit: string;
  readonly created: boolean;
}

async function takeBranch(git: Git, { gitDir, path, branch, create }: NewWorktree): Promise<TakenBranch> {
  if (create) {
    await createBranch(git, { gitDir, branch, commit: create.base, mark: path });
    return { name: branch, commit: create.base, created: true };
  }
  const found = await findBranch(git, { gitDir, name: branch });
  if (!found)
    throw new TuttiError('notFound', `There is no branch ${branch} here or on a remote: fetch, or choose another.`);
  if (found.checkedOut) {
    throw new TuttiError(
      'conflict',
      `Could not use the branch ${found.branch}: it is checked out in ${found.checkedOut}. Open that worktree, or choose another branch.`,
    );
  }
  if (found.kind === 'local') {
    const created = await isMarked(git, { gitDir, branch: found.branch, mark: path });
    return { name: found.branch, commit: found.commit, created };
  }
  await createBranch(git, { gitDir, branch: found.branch, commit: found.commit, mark: path });
  await gitText(git, {
    ...onRepository(gitDir, [
      'branch',
      '--quiet',
      `--set-upstream-to=${found.remote}/${found.branch}`,
      '--',
      found.branch,
    ]),
    what: `let ${found.branch} follow ${found.remote}`,
  });
  return { name: found.branch, commit: found.commit, created: true };
}

interface Place {
  readonly path: string;
  readonly admin: string;
  readonly signal: AbortSignal | undefined;
}

async function checkOut(git: Git, { path, admin, signal }: Place): Promise<void> {
  // Four workers: on 50,000 files about 0.7 of the time of one, more of them gain nothing. git uses them from 100 files on.
  const args = ['-c', 'checkout.workers=4', 'reset', '--hard', '--quiet', '--no-recurse-submodules'];
  const result = await runNoted(git, { admin, call: { cwd: path, args, ...(signal ? { signal } : {}) } });
  if (result.code !== 0) throw gitFailure(`check the files out into ${path}`, result);
}

/** As `git worktree add` runs it: with the null commit as the one before, by which hooks know a new worktree. */
async function runPostCheckout(
  git: Git,
  { path, admin, commit, signal }: Place & { readonly commit: string },
): Promise<string | undefined> {
  const args = ['hook', 'run', '--ignore-missing', 'post-checkout', '--', '0'.repeat(commit.length), commit, '1'];
  const call = { cwd: path, args, withHooks: true, ...(signal ? { signal } : {}) } as const;
  const result = await runNoted(git, { admin, call });
  return result.code === 0
    ? undefined
    : `The repository's post-checkout hook failed in the new worktree: ${gitSays(result)}.`;
}
