import type { Notice } from '../protocol/daemon.ts';
import type { LedgerUnwritable } from '../store/ledger.ts';

export interface UnwritableOptions {
  readonly raise: (notice: Pick<Notice, 'tone' | 'text' | 'session'>) => void;
  /** Does again what could not be written down: what has happened is still there to be seen. */
  readonly retry: () => void;
}

/** Space may be freed at any time, and nobody tells us. */
const RETRY_MS = 5000;

/**
 * A ledger that can't be written, for as long as that lasts: agents go on, nothing new is begun, and what happens is noted once it
 * can be. Said once at its beginning and once at its end.
 */
export class Unwritable {
  readonly #options: UnwritableOptions;
  #lasts = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: UnwritableOptions) {
    this.#options = options;
  }

  failed({ why }: LedgerUnwritable): void {
    this.#retryIn(RETRY_MS);
    if (this.#lasts) return;
    this.#lasts = true;
    const text = `tutti can't write its ledger: ${why}. Agents go on, and what happens is noted once it can be; until then nothing new is begun.`;
    this.#options.raise({ tone: 'failure', session: undefined, text });
  }

  worked(): void {
    if (!this.#lasts) return;
    this.#lasts = false;
    this.stop();
    this.#options.raise({ tone: 'info', session: undefined, text: 'The ledger can be written again.' });
    this.#retryIn(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #retryIn(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#options.retry();
    }, ms);
  }
}
