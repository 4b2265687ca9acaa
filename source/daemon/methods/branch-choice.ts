import { findBranch, resolveBase } from '../../git/branch.ts';
import { checkBranchName } from '../../git/branch-name.ts';
import { freeBranchName, readBranchNames } from '../../git/free-branch-name.ts';
import type { NewSession, RepositoryView } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';

interface BranchChoice {
  /** For an existing one of a remote `origin/name`. */
  readonly branch: string;
  readonly branchCreated: boolean;
  /** What its changes are compared with. */
  readonly base: { readonly ref: string; readonly commit: string };
}

interface Options {
  readonly wanted: NewSession;
  readonly repository: RepositoryView;
  readonly title: string;
  /** Before the name that is made of the title. */
  readonly prefix: string;
}

/**
 * A new branch from a base, or an existing one. git is asked here; what is answered chooses at once and looks at the sessions of
 * that instant: the branch of one that is being made is not in git yet. Both throw why it can't be had.
 */
export async function lookForBranch(daemon: Daemon, options: Options): Promise<() => BranchChoice> {
  const { wanted, repository } = options;
  const ref = wanted.base ?? repository.head.ref ?? repository.head.commit ?? 'HEAD';
  // The look at the repository, in the same act, has told HEAD.
  const head = wanted.base === undefined ? repository.head.commit : undefined;
  const commit = async () => head ?? resolveBase(daemon.brain.git, { cwd: wanted.path, base: wanted.base ?? 'HEAD' });
  if (wanted.existingBranch !== undefined) {
    const branch = await existing(daemon, { ...options, name: wanted.existingBranch });
    const base = { ref, commit: await commit() };
    return () => ({ branch: notBeingTaken(daemon, repository, branch), branchCreated: false, base });
  }
  const base = { ref, commit: await commit() };
  if (wanted.branch !== undefined) {
    const branch = await fresh(daemon, { ...options, name: wanted.branch });
    return () => ({ branch: notBeingTaken(daemon, repository, branch), branchCreated: true, base });
  }
  const { local, remote } = await readBranchNames(daemon.brain.git, repository.repository.gitDir);
  return () => {
    const promised = sessionsIn(daemon, repository).map(({ branch }) => branch);
    return { branch: freeBranchName({ local: [...local, ...promised], remote }, options), branchCreated: true, base };
  };
}

async function existing(daemon: Daemon, { repository, name }: Options & { readonly name: string }): Promise<string> {
  const found = await findBranch(daemon.brain.git, { gitDir: repository.repository.gitDir, name });
  if (!found) {
    throw new TuttiError('notFound', `There is no branch ${name} here or on a remote: fetch, or choose another.`);
  }
  if (found.checkedOut) {
    throw new TuttiError(
      'conflict',
      `Could not use the branch ${found.branch}: it is checked out in ${found.checkedOut}. Open that worktree, or choose another branch.`,
    );
  }
  return found.kind === 'local' ? found.branch : `${found.remote}/${found.branch}`;
}

async function fresh(daemon: Daemon, { repository, name }: Options & { readonly name: string }): Promise<string> {
  const problem = checkBranchName(name);
  if (problem) throw new TuttiError('usage', problem);
  const there = await findBranch(daemon.brain.git, { gitDir: repository.repository.gitDir, name });
  if (there?.kind === 'local') {
    throw new TuttiError(
      'conflict',
      `There is a branch ${name} already: work on it as an existing branch, or choose another name.`,
    );
  }
  return name;
}

/** A name that was asked for: git refuses it to the second of two sessions, but only once both are written down. */
function notBeingTaken(daemon: Daemon, repository: RepositoryView, branch: string): string {
  const other = sessionsIn(daemon, repository).find(({ life, branch: taken }) => {
    return (life.name === 'creating' || life.name === 'discarding') && taken.toLowerCase() === branch.toLowerCase();
  });
  if (!other) return branch;
  throw new TuttiError(
    'conflict',
    `Could not use the branch ${branch}: "${other.title}" is being made on it. Choose another branch.`,
  );
}

/** Those that have a branch, or are about to. */
function sessionsIn(daemon: Daemon, { repository }: RepositoryView): readonly Session[] {
  return daemon.brain.ledger
    .sessions()
    .filter(({ life, repository: other }) => life.name !== 'discarded' && other.gitDir === repository.gitDir);
}
