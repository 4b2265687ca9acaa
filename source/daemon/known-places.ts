import { viewRepository } from '../git/describe-repository.ts';
import { nearGitDir } from '../git/near-git-dir.ts';
import { findPlace } from '../git/repository-place.ts';
import type { RepositoryView } from '../protocol/daemon.ts';
import type { Brain } from './brain.ts';

/** Paths whose repository is remembered. */
const MOST_PLACES = 64;

/**
 * The repositories that clients look from. A list must not wait for git, a dozen processes: where the daemon has learned from git
 * before what stands at a path, it says that again.
 */
export class KnownPlaces {
  readonly #brain: Pick<Brain, 'git' | 'ledger'>;
  readonly #views = new Map<string, RepositoryView>();

  constructor(brain: Pick<Brain, 'git' | 'ledger'>) {
    this.#brain = brain;
  }

  /** The git directory of the repository around a path; undefined outside of any. */
  async gitDirOf(path: string): Promise<string | undefined> {
    const { git, ledger } = this.#brain;
    const near = await nearGitDir(path);
    // Git itself said so when that session was made.
    if (near !== undefined && ledger.sessions().some(({ repository }) => repository.gitDir === near)) return near;
    return (await findPlace(git, path))?.gitDir;
  }

  /** As it was when it was described last. Nothing where that decides what the user is offered: a new or refused repository. */
  async remembered(path: string): Promise<RepositoryView | undefined> {
    const view = this.#views.get(path);
    if (!view || view.empty || view.refused !== undefined) return undefined;
    return (await nearGitDir(path)) === view.repository.gitDir ? view : undefined;
  }

  /** As it is now; undefined outside of a repository. */
  async describe(path: string): Promise<RepositoryView | undefined> {
    const view = await viewRepository(this.#brain.git, path);
    this.#views.delete(path);
    if (view) this.#views.set(path, view);
    const oldest = this.#views.keys().next().value;
    if (this.#views.size > MOST_PLACES && oldest !== undefined) this.#views.delete(oldest);
    return view;
  }
}
