import PQueue from 'p-queue';

/** One git worker for each repository: what git does there goes one after the other, other repositories are not held up. */
export class GitQueue {
  readonly #queues = new Map<string, PQueue>();

  add<Result>(gitDir: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(gitDir) ?? new PQueue({ concurrency: 1 });
    this.#queues.set(gitDir, queue);
    return queue.add(work);
  }

  get busy(): boolean {
    return [...this.#queues.values()].some(queue => queue.size + queue.pending > 0);
  }
}
