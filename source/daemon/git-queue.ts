import PQueue from 'p-queue';

/** Who waits: a person or a run for an act, a person for a look, nobody for a count. */
export type Urgency = 'act' | 'look' | 'count';

const PRIORITIES: Readonly<Record<Urgency, number>> = { act: 2, look: 1, count: 0 };

/**
 * One git worker for each repository: what git does there goes one after the other, other repositories are not held up. What is more
 * urgent goes first; what has begun is not broken off.
 */
export class GitQueue {
  readonly #queues = new Map<string, PQueue>();

  add<Result>(gitDir: string, work: () => Promise<Result>, urgency: Urgency = 'act'): Promise<Result> {
    const queue = this.#queues.get(gitDir) ?? new PQueue({ concurrency: 1 });
    this.#queues.set(gitDir, queue);
    return queue.add(work, { priority: PRIORITIES[urgency] });
  }
}
