import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { gitFailure } from './git-failure.ts';
import { readHead } from './head.ts';
import { gitText, runGit } from './run-git.ts';
import { readText, writeText } from './worktree-entry.ts';

/**
 * How a worktree in the store lets go of its branch: its HEAD is detached, what HEAD was is written beside it, and the state of
 * a rebase or bisection, which also holds a branch, is put aside. All of it lies in the worktree's record.
 */
const HEAD_FILE = 'tutti-head';
const STATE_FOLDER = 'tutti-state';
const HOLDS_A_BRANCH = ['rebase-merge', 'rebase-apply', 'BISECT_LOG', 'BISECT_START'];
/** What earlier builds kept of a repository with reftables: it says nothing. */
const KEPT_OF_A_REFTABLE = 'ref: refs/heads/.invalid';
/** HEAD must name something; a branch without a commit would hold its name. */
const NO_COMMIT = 'refs/tutti/none';

export async function letBranchGo(
  git: Git,
  { admin, worktree }: { readonly admin: string; readonly worktree: string },
): Promise<void> {
  const what = `free the branch of ${worktree}`;
  // Only the first time: the second would keep the detached HEAD.
  if ((await readText(join(admin, HEAD_FILE))) === undefined) {
    // Not its file: with reftables there is no name in it, and as a symbolic link it can't be read.
    const { ref, commit } = await readHead(git, worktree);
    const head = ref === undefined ? commit : `ref: ${ref}`;
    if (head === undefined) {
      throw new TuttiError(
        'failed',
        `Could not ${what}: git can't tell what is checked out there. Look at it with git -C ${worktree} status, and try again.`,
      );
    }
    await writeText(join(admin, HEAD_FILE), `${head}\n`);
  }
  await mkdir(join(admin, STATE_FOLDER), { recursive: true });
  for (const name of HOLDS_A_BRANCH) await moveIfThere(join(admin, name), join(admin, STATE_FOLDER, name));
  // Not `checkout --detach`: that reads the index, and refuses in the middle of a merge.
  const args = ['update-ref', '--no-deref', '-m', 'tutti: put into the store', 'HEAD', 'HEAD^{commit}'];
  const detached = await runGit(git, { cwd: worktree, args, env: AS_TUTTI });
  if (detached.code === 0) return;
  if ((await readHead(git, worktree)).commit !== undefined) throw gitFailure(what, detached);
  await gitText(git, { cwd: worktree, args: ['symbolic-ref', 'HEAD', NO_COMMIT], env: AS_TUTTI, what });
}

export interface KeptHead {
  /** Undefined where HEAD was detached. */
  readonly branch: string | undefined;
}

/** What HEAD was when the worktree went into the store; undefined where it has been given back already, never was there, or is not known. */
export async function readKeptHead(admin: string): Promise<KeptHead | undefined> {
  const head = await readText(join(admin, HEAD_FILE));
  if (head === undefined || head === KEPT_OF_A_REFTABLE) return undefined;
  return { branch: /^ref: refs\/heads\/(.*)$/s.exec(head)?.[1] };
}

/** Puts HEAD on the branch, without a look at the files. */
export async function takeBranchAgain(
  git: Git,
  { worktree, branch }: { readonly worktree: string; readonly branch: string },
): Promise<void> {
  await gitText(git, {
    cwd: worktree,
    args: ['symbolic-ref', '-m', 'tutti: back from the store', 'HEAD', `refs/heads/${branch}`],
    env: AS_TUTTI,
    what: `put ${worktree} on the branch ${branch}`,
  });
}

/** The last step of coming back: afterwards there is nothing that tells of the store. */
export async function forgetKeptHead(admin: string): Promise<void> {
  const folder = join(admin, STATE_FOLDER);
  for (const name of await readdir(folder).catch(() => [])) await moveIfThere(join(folder, name), join(admin, name));
  await rmdir(folder).catch(() => undefined);
  await rm(join(admin, HEAD_FILE), { force: true });
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (await stat(from).catch(() => undefined)) await rename(from, to);
}

/** A reflog entry has a name, and the user may have none. */
const AS_TUTTI = { GIT_COMMITTER_NAME: 'tutti', GIT_COMMITTER_EMAIL: 'tutti@localhost' };
