import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { BranchView, RepositoryView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { findRepository } from './repository.ts';
import { askGit, LOOK } from './run-git.ts';
import { bySimpleGit } from './simple.ts';
import { readStatus } from './status.ts';
import { listWorktrees } from './worktree-list.ts';

/** Branches shown at most, the newest first: beyond it a view would outgrow one message on the wire (1 MB). */
const MOST_BRANCHES = 3000;

const LIST: readonly string[] = [
  'for-each-ref',
  '--sort=-committerdate',
  `--count=${MOST_BRANCHES}`,
  '--format=%(refname)%00%(symref)',
  'refs/heads',
  'refs/remotes',
];

/** A repository as a face shows it, seen from the checkout that the path is in. Outside of a repository it is an error. */
export async function describeRepository(git: Git, path: string): Promise<RepositoryView> {
  const view = await viewRepository(git, path);
  if (view) return view;
  throw new TuttiError('notFound', `${path} is not in a git repository: go to one, or make one with git init.`);
}

/** The same; undefined outside of a repository. */
export async function viewRepository(git: Git, path: string): Promise<RepositoryView | undefined> {
  const found = await findRepository(git, path);
  if (!found) return undefined;
  const { bare, ...repository } = found;
  // A path inside of a bare repository has no checkout; its HEAD is the repository's.
  const checkout = await askGit(git, { cwd: path, args: ['rev-parse', '--show-toplevel'] });
  const at = checkout === undefined ? onRepository(found.gitDir, []) : { cwd: checkout, args: [] };
  const [ref, commit, branches, status, refused] = await Promise.all([
    askGit(git, { ...at, args: [...at.args, 'symbolic-ref', '-q', '--short', 'HEAD'] }),
    askGit(git, { ...at, args: [...at.args, 'log', '-1', '--format=%H %ct', 'HEAD', '--'] }),
    listBranches(git, found.gitDir),
    checkout === undefined ? undefined : readStatus(git, checkout),
    refusal(found.gitDir),
  ]);
  const [hash, seconds] = commit?.split(' ') ?? [];
  return {
    repository,
    head: { ref, commit: hash || undefined, committedAt: seconds ? Number(seconds) * 1000 : undefined },
    branches,
    uncommittedFiles: status?.files.length ?? 0,
    empty: !hash && branches.length === 0,
    refused,
  };
}

async function listBranches(git: Git, gitDir: string): Promise<readonly BranchView[]> {
  const [refs, remotes, worktrees] = await Promise.all([
    bySimpleGit(git, { cwd: gitDir, what: `list the branches of ${gitDir}` }, simple =>
      simple.raw([...LOOK, ...onRepository(gitDir, LIST).args]),
    ),
    // Not by simple-git, as it often prints nothing: 50 ms there. The list does so only where there is no branch at all.
    askGit(git, onRepository(gitDir, ['remote'])),
    listWorktrees(git, gitDir),
  ]);
  const places = new Map(worktrees.map(({ branch, path }) => [branch, path]));
  // The longest first: one remote's name may be the beginning of another's.
  const remoteNames = (remotes ?? '').split('\n').sort((a, b) => b.length - a.length);
  return refs
    .split('\n')
    .map(line => line.split('\0'))
    .filter(([name, symref]) => name && !symref)
    .map(([name = '']): BranchView => {
      if (name.startsWith('refs/heads/')) {
        const local = name.slice('refs/heads/'.length);
        return { name: local, remote: undefined, checkedOut: places.get(local) };
      }
      const rest = name.slice('refs/remotes/'.length);
      const remote = remoteNames.find(each => each !== '' && rest.startsWith(`${each}/`)) ?? rest.split('/')[0] ?? '';
      return { name: rest.slice(remote.length + 1), remote, checkedOut: undefined };
    });
}

async function refusal(gitDir: string): Promise<string | undefined> {
  const writable = await access(gitDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable
    ? undefined
    : `No session can be made here: ${gitDir} may not be written. Check the rights of that folder.`;
}
