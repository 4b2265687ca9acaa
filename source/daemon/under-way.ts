import type { Effect, EffectType } from '../session/effect.ts';

/** Effects that run hooks of the user's: they may last for ever. */
const WITH_HOOKS: ReadonlySet<EffectType> = new Set(['addWorktree', 'commitRun', 'commitAll', 'push', 'merge']);

interface Running {
  readonly session: string;
  readonly type: EffectType;
  readonly work: Promise<void>;
  readonly stop: AbortController;
  readonly putBack: AbortController;
}

/** The effects that are being done right now, each once. */
export class UnderWay {
  readonly #running = new Map<string, Running>();

  get size(): number {
    return this.#running.size;
  }

  has(key: string): boolean {
    return this.#running.has(key);
  }

  /** `run` never rejects; `ended` is called when this one is under way no more. */
  start(effect: Effect, run: (signal: AbortSignal, putBack: AbortSignal) => Promise<void>, ended: () => void): void {
    const { key, session, type } = effect;
    const stop = new AbortController();
    const putBack = new AbortController();
    const work = run(stop.signal, putBack.signal).finally(() => {
      this.#running.delete(key);
      ended();
    });
    this.#running.set(key, { session, type, work, stop, putBack });
  }

  /** What runs hooks is ended, with them, when its session does not want it any more. */
  keepOnly(session: string, wanted: readonly Effect[]): void {
    for (const [key, running] of this.#running) {
      if (running.session !== session || !WITH_HOOKS.has(running.type)) continue;
      if (!wanted.some(effect => effect.key === key)) running.stop.abort();
    }
  }

  /** Nobody wants it any more: what can still be given up of it is. */
  stop(key: string): void {
    this.#running.get(key)?.stop.abort();
  }

  /** It is not its time any more: it is given up where that leaves nothing behind, and else goes on to its end. */
  putBack(key: string): void {
    this.#running.get(key)?.putBack.abort();
  }

  /** Answers when no prompt is on its way into this session's pane. */
  async deliveries(session: string): Promise<void> {
    await this.#settled(other => other.session === session && other.type === 'deliverPrompt');
  }

  /** Before hosts are ended or a worktree is removed: one that is being started is among them, and what hooks still write is kept. */
  async beforeEnd(session: string): Promise<void> {
    await this.#settled(
      other => other.session === session && (other.type === 'startHost' || WITH_HOOKS.has(other.type)),
    );
  }

  /** A check outlives us: the next daemon waits for it. */
  async all(): Promise<void> {
    await this.#settled(({ type }) => type !== 'startCheck');
  }

  async #settled(isMeant: (running: Running) => boolean): Promise<void> {
    await Promise.allSettled([...this.#running.values()].filter(isMeant).map(({ work }) => work));
  }
}
