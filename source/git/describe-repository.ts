import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { BranchView, RepositoryView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { type AskedOn, onRepository } from './git-dir.ts';
import { seeRepository } from './repository.ts';
import { askGit, LOOK } from './run-git.ts';
import { bySimpleGit } from './simple.ts';
import { readStatus, type WorktreeStatus } from './status.ts';
import { listWorktrees } from './worktree-list.ts';

/** Branches shown at most, the newest first: beyond it a view would outgrow one message on the wire (1 MB). */
const MOST_BRANCHES = 3000;

const LIST: readonly string[] = [
  'for-each-ref',
  '--sort=-committerdate',
  `--count=${MOST_BRANCHES}`,
  '--format=%(refname)%00%(symref)%00%(objectname)%00%(committerdate:unix)',
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
  const seen = await seeRepository(git, path);
  if (!seen) return undefined;
  const { checkout, remotes } = seen;
  const { bare, ...repository } = seen.repository;
  const { gitDir } = repository;
  // A path inside of a bare repository has no checkout; its HEAD is the repository's.
  const on: AskedOn = args => (checkout === undefined ? onRepository(gitDir, args) : { cwd: checkout, args });
  const [ref, { branches, times }, status, refused] = await Promise.all([
    // Not the name that the status has: where there is a tag of the same name, this one tells them apart.
    askGit(git, on(['symbolic-ref', '-q', '--short', 'HEAD'])),
    listBranches(git, { gitDir, remotes }),
    checkout === undefined ? undefined : readStatus(git, checkout),
    refusal(gitDir),
  ]);
  const head = await headCommit(git, { on, status, times });
  return {
    repository,
    head: { ref, ...head },
    branches,
    uncommittedFiles: status?.files.length ?? 0,
    empty: !head.commit && branches.length === 0,
    refused,
  };
}

/** Of each listed branch's commit when it was made. */
type Times = ReadonlyMap<string, number>;

/** What HEAD stands on. The status knows the commit and the list its time, where a branch stands there too: then nothing is asked. */
async function headCommit(
  git: Git,
  {
    on,
    status,
    times,
  }: {
    readonly on: AskedOn;
    readonly status: WorktreeStatus | undefined;
    readonly times: Times;
  },
): Promise<Pick<RepositoryView['head'], 'commit' | 'committedAt'>> {
  if (status && status.head === undefined) return { commit: undefined, committedAt: undefined };
  const time = status?.head && times.get(status.head);
  if (time) return { commit: status.head, committedAt: time };
  const told = await askGit(git, on(['log', '-1', '--format=%H %ct', status?.head ?? 'HEAD', '--']));
  const [commit, seconds] = told?.split(' ') ?? [];
  return { commit: commit || undefined, committedAt: seconds ? Number(seconds) * 1000 : undefined };
}

async function listBranches(
  git: Git,
  { gitDir, remotes }: { readonly gitDir: string; readonly remotes: readonly string[] },
): Promise<{ readonly branches: readonly BranchView[]; readonly times: Times }> {
  const [refs, worktrees] = await Promise.all([
    bySimpleGit(git, { cwd: gitDir, what: `list the branches of ${gitDir}` }, simple =>
      simple.raw([...LOOK, ...onRepository(gitDir, LIST).args]),
    ),
    listWorktrees(git, gitDir),
  ]);
  const places = new Map(worktrees.map(({ branch, path }) => [branch, path]));
  // The longest first: one remote's name may be the beginning of another's.
  const remoteNames = [...remotes].sort((a, b) => b.length - a.length);
  const listed = refs
    .split('\n')
    .map(line => line.split('\0'))
    .filter(([name, symref]) => name && !symref);
  const branches = listed.map(([name = '']): BranchView => {
    if (name.startsWith('refs/heads/')) {
      const local = name.slice('refs/heads/'.length);
      return { name: local, remote: undefined, checkedOut: places.get(local) };
    }
    const rest = name.slice('refs/remotes/'.length);
    const remote = remoteNames.find(each => rest.startsWith(`${each}/`)) ?? rest.split('/')[0] ?? '';
    return { name: rest.slice(remote.length + 1), remote, checkedOut: undefined };
  });
  const times = new Map(listed.map(([, , commit = '', seconds]) => [commit, Number(seconds) * 1000]));
  return { branches, times };
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
