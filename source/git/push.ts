import { TuttiError } from '../protocol/rpc.ts';
import { branchTip } from './branch.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { askGit, gitText, runGit } from './run-git.ts';

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
  const remote = await chooseRemote(git, { gitDir, branch });
  // The commit, not the branch: it may move while this runs. The same name there, whatever it follows: a branch made from
  // origin/main by hand follows main, and must not be pushed onto it.
  const refspec = `${commit}:refs/heads/${branch}`;
  // Not by simple-git: stopped, it waits until hooks have ended, and it can give them no process group.
  const result = await runGit(git, {
    cwd: worktree,
    args: ['push', '--no-progress', '--', remote, refspec],
    withHooks: true,
    ...(signal ? { signal } : {}),
  });
  if (result.code !== 0) throw pushFailure({ branch, remote, result });
  await follow(git, { gitDir, branch, remote });
  return { remote, output: `${result.out}${result.err}`.trim() };
}

/** Where `git push` would push to: the branch's own remote, the default for pushing, what it follows, the only one, `origin`. */
async function chooseRemote(
  git: Git,
  { gitDir, branch }: { readonly gitDir: string; readonly branch: string },
): Promise<string> {
  const names = ((await askGit(git, onRepository(gitDir, ['remote']))) ?? '').split('\n').filter(Boolean);
  for (const key of [`branch.${branch}.pushRemote`, 'remote.pushDefault', `branch.${branch}.remote`]) {
    const set = await askGit(git, onRepository(gitDir, ['config', '--get', key]));
    if (set && set !== '.') return set;
  }
  const [only, ...others] = names;
  if (only === undefined) {
    throw new TuttiError(
      'notSupported',
      `Could not push ${branch}: the repository has no remote. Add one with git remote add origin <url>.`,
    );
  }
  if (others.length === 0 || names.includes('origin')) return others.length === 0 ? only : 'origin';
  throw new TuttiError(
    'conflict',
    `Could not push ${branch}: there are the remotes ${names.join(', ')}. Choose one with git config remote.pushDefault <name>.`,
  );
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
