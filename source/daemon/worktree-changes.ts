import PQueue from 'p-queue';
import { readChanges } from '../git/changes.ts';
import { type WorktreeWatch, watchWorktree } from '../git/watch.ts';
import { loadWatcher } from '../git/watcher-binding.ts';
import type { Changes } from '../protocol/daemon.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import type { Urgency } from './git-queue.ts';

export interface WorktreeChangesOptions {
  readonly brain: Pick<Brain, 'git' | 'gitQueue' | 'runtime' | 'log' | 'ledger'>;
  /** Whether anybody looks: without a client nothing is counted. */
  readonly isWatched: () => boolean;
  readonly onChanged: (session: string) => void;
}

/**
 * What stands in each live worktree against its base. Recounted only where file events or refs say that the tree changed, and
 * only while a client watches; what changed unseen is counted when the next one comes.
 */
export class WorktreeChanges {
  readonly #options: WorktreeChangesOptions;
  readonly #known = new Map<string, Changes>();
  readonly #stale = new Set<string>();
  readonly #counting = new Set<string>();
  /** A fleet that is followed at once would keep every core busy with git. */
  readonly #starting = new PQueue({ concurrency: 2 });
  readonly #watches = new Map<string, Promise<WorktreeWatch | undefined>>();

  constructor(options: WorktreeChangesOptions) {
    this.#options = options;
  }

  /** Undefined where they are not known, or were counted before something changed that nobody has looked at since. */
  of(session: string): Changes | undefined {
    return this.#stale.has(session) && !this.#options.isWatched() ? undefined : this.#known.get(session);
  }

  /** Follows a session's life: its worktree is watched while it is there, from when the first client looks on. */
  follow(session: Session): void {
    if (session.life.name !== 'live') {
      this.leave(session.id);
      // A paused one still shows its numbers.
      if (session.life.name === 'killed' || session.life.name === 'discarded') this.#known.delete(session.id);
      return;
    }
    if (this.#watches.has(session.id) || !this.#options.isWatched()) return;
    this.#watches.set(
      session.id,
      this.#starting.add(() => this.#watch(session)),
    );
  }

  /** A client looks: what nobody has followed yet is followed, and what is not up to date is counted. */
  followAll(sessions: readonly Session[]): void {
    for (const session of sessions) this.follow(session);
    this.countStale();
  }

  leave(session: string): void {
    const watch = this.#watches.get(session);
    this.#watches.delete(session);
    this.#stale.delete(session);
    watch
      ?.then(watching => watching?.close())
      .catch(err => this.#options.brain.log.warn({ session, err }, 'a watch could not be given up'));
  }

  /** Fresh numbers, for what must not be decided on old ones. */
  async read(session: Session, urgency: Urgency = 'act'): Promise<Changes> {
    const { brain, onChanged } = this.#options;
    const { worktree, base, repository } = session;
    const count = () => readChanges(brain.git, { worktree, base });
    const changes = await brain.gitQueue.add(repository.gitDir, count, urgency);
    const old = this.#known.get(session.id);
    this.#known.set(session.id, changes);
    if (JSON.stringify(old) !== JSON.stringify(changes)) onChanged(session.id);
    return changes;
  }

  /** Counts what is not up to date, if anybody looks. */
  countStale(): void {
    if (!this.#options.isWatched()) return;
    for (const id of [...this.#stale]) {
      this.#stale.delete(id);
      void this.#count(id);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watches.values()].map(async watch => (await watch)?.close()));
    this.#watches.clear();
  }

  async #count(id: string): Promise<void> {
    if (this.#counting.has(id)) {
      this.#stale.add(id);
      return;
    }
    const session = this.#options.brain.ledger.session(id);
    if (session?.life.name !== 'live') return;
    this.#counting.add(id);
    try {
      await this.read(session, 'count');
    } catch (thrown) {
      this.#options.brain.log.info({ session: id, err: thrown }, 'changes could not be counted');
    } finally {
      this.#counting.delete(id);
    }
    if (this.#stale.has(id)) this.countStale();
  }

  async #watch(session: Session): Promise<WorktreeWatch | undefined> {
    const { brain } = this.#options;
    try {
      return await watchWorktree(brain.git, {
        worktree: session.worktree,
        gitDir: session.repository.gitDir,
        branch: session.branch,
        watcher: loadWatcher(brain.runtime.watcher),
        onChange: () => {
          this.#stale.add(session.id);
          this.countStale();
        },
        onTrouble: text => brain.log.warn({ session: session.id, text }, 'changes are not noticed'),
      });
    } catch (thrown) {
      brain.log.warn({ session: session.id, err: thrown }, 'a worktree can not be watched');
      return undefined;
    } finally {
      // Counted when the watch stands: what happened before is in the count, what happens after is told.
      if (this.#watches.has(session.id)) {
        this.#stale.add(session.id);
        this.countStale();
      }
    }
  }
}
