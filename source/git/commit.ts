import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { adminDir } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { endOrphan, runNoted } from './orphan.ts';
import { askGit, gitText, runGit } from './run-git.ts';
import { type FileStatus, readStatus } from './status.ts';

export interface NewCommit {
  readonly worktree: string;
  readonly message: string;
  readonly trailers: Readonly<Record<string, string>>;
  /** The branch that it has to go on: HEAD on another one is refused. */
  readonly branch?: string;
  readonly signal?: AbortSignal;
}

export type CommitResult =
  | { readonly result: 'committed'; readonly commit: string; readonly leftOut: readonly string[] }
  | { readonly result: 'nothing'; readonly leftOut: readonly string[] }
  | { readonly result: 'hookFailed'; readonly output: string };

/**
 * Commits all that is in a worktree in the user's name, with the repository's hooks. It stages into the worktree's own index:
 * its user has let go of it, or asks for it. `leftOut` are repositories inside of it that are no submodules; they are never added.
 * After a crash look with `findCommitByTrailer` or `findCommitOn` first.
 */
export async function commitAll(
  git: Git,
  { worktree, message, trailers, branch, signal }: NewCommit,
): Promise<CommitResult> {
  const what = `commit the work in ${worktree}`;
  const admin = await adminDir(git, worktree);
  await endOrphan(admin, ['tutti-git']);
  const status = await readStatus(git, worktree);
  await refuseUnfinished(git, { worktree, what, files: status.files });
  if (branch !== undefined && status.branch !== branch) {
    throw new TuttiError(
      'conflict',
      `Could not ${what}: it is on ${status.branch ?? 'no branch'}, not on ${branch}. Check ${branch} out there first.`,
    );
  }
  const leftOut = status.files
    .filter(file => file.kind === 'untracked' && file.path.endsWith('/'))
    .map(file => file.path);
  await gitText(git, {
    cwd: worktree,
    args: [
      'add',
      '--all',
      '--sparse',
      '--',
      ':/',
      ...leftOut.map(path => `:(top,literal,exclude)${path.slice(0, -1)}`),
    ],
    what,
  });
  const staged = await runGit(git, {
    cwd: worktree,
    args: ['diff', '--cached', '--quiet', '--no-ext-diff'],
    read: true,
  });
  if (staged.code === 0 && !(await isMerging(git, worktree))) return { result: 'nothing', leftOut };
  for (const ident of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    await gitText(git, { cwd: worktree, args: ['var', ident], read: true, what });
  }
  const args = ['commit', '--quiet', '--cleanup=whitespace', '--file=-'];
  const made = await runNoted(git, {
    admin,
    call: {
      cwd: worktree,
      args,
      input: withTrailers(message, trailers),
      withHooks: true,
      ...(signal ? { signal } : {}),
    },
  });
  if (made.code === 0) {
    return { result: 'committed', commit: await gitHead(git, { worktree, what }), leftOut };
  }
  const isGits = /Unable to create '[^\n]*\.lock'|gpg failed to sign|failed to write commit object/.test(made.err);
  if (isGits || !(await hasCommitHook(git, worktree))) throw gitFailure(what, made);
  return { result: 'hookFailed', output: `${made.out}${made.err}`.trim() };
}

/** HEAD, where it is this message's one commit on top of `tip`: a commit without a trailer that was done before a crash. */
export async function findCommitOn(
  git: Git,
  { worktree, tip, message }: { readonly worktree: string; readonly tip: string; readonly message: string },
): Promise<string | undefined> {
  const text = await gitText(git, {
    cwd: worktree,
    args: ['log', '-1', '--format=%H%n%P%n%B', 'HEAD', '--'],
    read: true,
    what: `look for the commit on ${tip}`,
  });
  const [commit, parent, ...body] = text.split('\n');
  // git cleans blanks up, and hooks may add lines of theirs.
  const words = (given: string) => given.trim().replace(/\s+/g, ' ');
  return parent === tip && words(body.join('\n')).startsWith(words(message)) ? commit : undefined;
}

/** The commit after `base` that carries exactly this trailer: a step that was done before a crash. */
export async function findCommitByTrailer(
  git: Git,
  {
    worktree,
    base,
    trailer,
  }: {
    readonly worktree: string;
    readonly base: string;
    readonly trailer: { readonly name: string; readonly value: string };
  },
): Promise<string | undefined> {
  const text = await gitText(git, {
    cwd: worktree,
    args: ['log', '-z', `--format=%H%n%(trailers:key=${trailer.name},valueonly)`, `${base}..HEAD`, '--'],
    read: true,
    what: `look for the commit of ${trailer.value}`,
  });
  for (const record of text.split('\0')) {
    const [commit, ...values] = record.split('\n');
    if (values.includes(trailer.value)) return commit;
  }
  return undefined;
}

/** Not `--trailer`: that puts them before a last line that begins with `#`, as a line of an issue's title may. */
function withTrailers(message: string, trailers: Readonly<Record<string, string>>): string {
  const text = message.trim();
  const lines = Object.entries(trailers).map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}`);
  // The last paragraph may be trailers already; they have to stay together.
  const last = text
    .split(/\n\s*\n/)
    .slice(1)
    .at(-1);
  const hasTrailers = last?.split('\n').every(line => /^[\w-]+: \S/.test(line)) ?? false;
  return `${text}${hasTrailers ? '\n' : '\n\n'}${lines.join('\n')}\n`;
}

async function refuseUnfinished(
  git: Git,
  {
    worktree,
    what,
    files,
  }: { readonly worktree: string; readonly what: string; readonly files: readonly FileStatus[] },
): Promise<void> {
  const unmerged = files.filter(file => file.kind === 'unmerged').map(file => file.path);
  if (unmerged.length > 0) {
    const more = unmerged.length > 3 ? ` and ${unmerged.length - 3} more` : '';
    throw new TuttiError(
      'conflict',
      `Could not ${what}: ${unmerged.slice(0, 3).join(', ')}${more} still in conflict. Resolve that first.`,
    );
  }
  const admin = await adminDir(git, worktree);
  for (const name of ['rebase-merge', 'rebase-apply']) {
    if (await exists(join(admin, name))) {
      throw new TuttiError('conflict', `Could not ${what}: a rebase in it is not finished. Finish or abort it first.`);
    }
  }
}

/** One that is to be committed changes no file perhaps. */
async function isMerging(git: Git, worktree: string): Promise<boolean> {
  const args = ['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'];
  return (await askGit(git, { cwd: worktree, args })) !== undefined;
}

async function gitHead(
  git: Git,
  { worktree, what }: { readonly worktree: string; readonly what: string },
): Promise<string> {
  return (await gitText(git, { cwd: worktree, args: ['rev-parse', 'HEAD'], read: true, what })).trim();
}

async function hasCommitHook(git: Git, worktree: string): Promise<boolean> {
  const folder = await askGit(git, {
    cwd: worktree,
    args: ['rev-parse', '--path-format=absolute', '--git-path', 'hooks'],
  });
  if (folder === undefined) return false;
  const hooks = ['pre-commit', 'prepare-commit-msg', 'commit-msg'];
  const found = await Promise.all(hooks.map(name => exists(join(folder, name), constants.X_OK)));
  return found.includes(true);
}

function exists(path: string, mode = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
