import type { DeliveryResult } from '../protocol/host.ts';

const KEPT = 256;

/** Remembers what was done: an operation that is asked for again, after a crash of whoever asked, is answered and not repeated. */
export class Operations {
  readonly #results = new Map<string, DeliveryResult>();
  readonly #running = new Map<string, Promise<DeliveryResult>>();

  /** What came of it, or comes of it where it is under way; undefined: it was not asked for, or has failed. */
  async find(operation: string): Promise<DeliveryResult | undefined> {
    return this.#results.get(operation) ?? (await this.#running.get(operation)?.catch(() => undefined));
  }

  isUnderWay(operation: string): boolean {
    return this.#running.has(operation);
  }

  once(operation: string, act: () => Promise<DeliveryResult>): Promise<DeliveryResult> {
    const known = this.#results.get(operation);
    if (known) return Promise.resolve(known);
    const running = this.#running.get(operation);
    if (running) return running;
    const started = act()
      .then(result => this.#keep(operation, result))
      .finally(() => this.#running.delete(operation));
    this.#running.set(operation, started);
    return started;
  }

  #keep(operation: string, result: DeliveryResult): DeliveryResult {
    this.#results.set(operation, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= KEPT) break;
      this.#results.delete(oldest);
    }
    return result;
  }
}
