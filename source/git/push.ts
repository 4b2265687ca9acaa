import { resolve } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { branchTip } from './branch.ts';
import type { Git } from './git.ts';
import { adminDir, onRepository } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { isFolder } from './is-folder.ts';
import { endOrphan, runNoted } from './orphan.ts';
import { readPushRemote } from './push-remote.ts';
import { askGit, gitText } from './run-git.ts';
import { listWorktrees } from './worktree-list.ts';

export interface Pushed {
  readonly remote: string;
  /** What git and the server said, for people: servers print where to open a pull request. */
  readonly output: string;
}

/**
 * Pushes a branch at the commit that was seen, never by force, and lets the branch follow what it pushed. Hooks run. Pushing
 * what is there already is done at once, so it can be asked again after a crash.
 */
export async function pushBranch(
  git: Git,
  {
    worktree,
    gitDir,
    branch,
    commit,
    signal,
  }: {
    /** Where hooks run. */
    readonly worktree: string;
    readonly gitDir: string;
    readonly branch: string;
    readonly commit: string;
    readonly signal?: AbortSignal;
  },
): Promise<Pushed> {
  const tip = await branchTip(git, { gitDir, branch });
  if (tip !== commit) {
    throw new TuttiError(
      'conflict',
      `Could not push ${branch}: it has moved since you looked at it. Look at it again.`,
    );
  }
  const remote = await needRemote(git, { gitDir, branch });
  const place = await pushPlace(git, { gitDir, branch, remote });
  // The commit, not the branch: it may move while this runs. The same name there, whatever it follows: a branch made from
  // origin/main by hand follows main, and must not be pushed onto it.
  const refspec = `${commit}:refs/heads/${branch}`;
  // Not by simple-git: stopped, it waits until hooks have ended, and it can give them no process group.
  const admin = await adminDir(git, worktree);
  await endOrphan(admin, ['tutti-push']);
  const result = await runNoted(git, {
    admin,
    as: 'tutti-push',
    call: {
      cwd: worktree,
      args: [...place.settings, 'push', '--no-progress', '--', place.to, refspec],
      withHooks: true,
      ...(signal ? { signal } : {}),
    },
  });
  if (result.code !== 0) throw pushFailure({ branch, remote, result });
  await follow(git, { gitDir, branch, remote });
  return { remote, output: `${result.out}${result.err}`.trim() };
}

/** The remote that a branch is pushed to; refused where there is none, or nothing says which. */
export async function needRemote(
  git: Git,
  { gitDir, branch }: { readonly gitDir: string; readonly branch: string },
): Promise<string> {
  const { name, names } = await readPushRemote(git, { on: args => onRepository(gitDir, args), branch });
  if (name !== undefined) return name;
  if (names.length === 0) {
    throw new TuttiError(
      'notSupported',
      `Could not push ${branch}: the repository has no remote. Add one with git remote add origin <url>.`,
    );
  }
  throw new TuttiError(
    'conflict',
    `Could not push ${branch}: there are the remotes ${names.join(', ')}. Choose one with git config remote.pushDefault <name>.`,
  );
}

/**
 * Git takes a relative path from where it runs, which is the session's worktree; what the user wrote is meant from the main
 * checkout.
 */
async function pushPlace(
  git: Git,
  { gitDir, branch, remote }: { readonly gitDir: string; readonly branch: string; readonly remote: string },
): Promise<{ readonly to: string; readonly settings: readonly string[] }> {
  const asks = (args: readonly string[]) => askGit(git, onRepository(gitDir, args));
  const urls = ((await asks(['remote', 'get-url', '--push', '--all', '--', remote])) ?? remote).split('\n');
  const relative = urls.find(isRelativePath);
  if (relative === undefined) return { to: remote, settings: [] };
  const main = (await listWorktrees(git, gitDir))[0]?.path ?? gitDir;
  const meant = resolve(main, relative);
  if (urls[0] === remote) return { to: (await isFolder(meant)) ? meant : remote, settings: [] };
  if (urls.length === 1 && (await asks(['config', '--get', `remote.${remote}.pushurl`])) === undefined)
    return { to: remote, settings: ['-c', `remote.${remote}.pushurl=${meant}`] };
  throw new TuttiError(
    'notSupported',
    `Could not push ${branch}: the address ${relative} of ${remote} is relative, and a worktree lies elsewhere. Write ${meant} instead.`,
  );
}

/** Neither `scheme://…` nor `host:path`; git says the same of a colon behind a slash. */
function isRelativePath(url: string): boolean {
  return !url.startsWith('/') && !/^[^/]*:/.test(url);
}

async function follow(
  git: Git,
  { gitDir, branch, remote }: { readonly gitDir: string; readonly branch: string; readonly remote: string },
): Promise<void> {
  const set = await askGit(git, onRepository(gitDir, ['config', '--get', `branch.${branch}.remote`]));
  const isNamed = await askGit(
    git,
    onRepository(gitDir, ['config', '--get-regexp', `^remote\\.${literal(remote)}\\.url$`]),
  );
  if (set !== undefined || isNamed === undefined) return;
  const what = `let ${branch} follow ${remote}`;
  await gitText(git, { ...onRepository(gitDir, ['config', `branch.${branch}.merge`, `refs/heads/${branch}`]), what });
  await gitText(git, { ...onRepository(gitDir, ['config', `branch.${branch}.remote`, remote]), what });
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function pushFailure({
  branch,
  remote,
  result,
}: {
  readonly branch: string;
  readonly remote: string;
  readonly result: { readonly err: string; readonly out: string };
}): TuttiError {
  const { err } = result;
  const what = `push ${branch} to ${remote}`;
  if (/\[rejected\].*\((fetch first|non-fast-forward)\)/.test(err)) {
    return new TuttiError(
      'conflict',
      `Could not ${what}: it has commits there that are not here. Fetch and merge or rebase them first.`,
    );
  }
  if (
    /could not read (Username|Password)|Authentication failed|Permission denied \(publickey|terminal prompts disabled|Host key verification failed/.test(
      err,
    )
  ) {
    return new TuttiError(
      'failed',
      `Could not ${what}: the server does not know who you are. Run git push once at a shell to sign in, then try again.`,
      { cause: err },
    );
  }
  if (/Could not resolve host|Connection (refused|timed out)|Network is unreachable|unable to access/.test(err)) {
    return new TuttiError(
      'unavailable',
      `Could not ${what}: the server cannot be reached. Check the network and try again.`,
      { cause: err },
    );
  }
  return gitFailure(what, result);
}
