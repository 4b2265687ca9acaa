import { describeRepository } from '../git/describe-repository.ts';
import type { RepositoryView } from '../protocol/daemon.ts';
import type { SessionFact } from '../session/event.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import type { ClientLink } from './client-link.ts';

/** What changes branches, worktrees or the user's own checkout. */
const NEWS: ReadonlySet<SessionFact['type']> = new Set([
  'worktreeAdded',
  'creationUndone',
  'worktreeStored',
  'worktreeRestored',
  'merged',
]);

/** Tells the clients that stand in a repository what it is like after an act of a session has changed it. */
export class RepositoryNews {
  readonly #brain: Pick<Brain, 'git' | 'gitQueue' | 'log'>;
  readonly #watching: (gitDir: string) => readonly ClientLink[];
  /** Repositories that will be looked at: what happens until then is told in one. */
  readonly #pending = new Set<string>();

  constructor(brain: Pick<Brain, 'git' | 'gitQueue' | 'log'>, watching: (gitDir: string) => readonly ClientLink[]) {
    this.#brain = brain;
    this.#watching = watching;
  }

  noted({ repository }: Session, fact: SessionFact): void {
    const { gitDir } = repository;
    if (!NEWS.has(fact.type) || this.#pending.has(gitDir) || this.#watching(gitDir).length === 0) return;
    this.#pending.add(gitDir);
    const { gitQueue, log } = this.#brain;
    gitQueue
      .add(gitDir, () => this.#tell(gitDir))
      .catch(err => log.info({ gitDir, err }, 'a repository could not be described'));
  }

  async #tell(gitDir: string): Promise<void> {
    this.#pending.delete(gitDir);
    /** Two windows often stand in one place. */
    const views = new Map<string, RepositoryView>();
    for (const client of this.#watching(gitDir)) {
      if (!client.scope || 'all' in client.scope) continue;
      const { path } = client.scope;
      const view = views.get(path) ?? (await describeRepository(this.#brain.git, path));
      views.set(path, view);
      client.notify('repository/changed', view);
    }
  }
}
