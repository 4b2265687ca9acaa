import type { Effect } from '../session/effect.ts';

type Named = Pick<Effect, 'key' | 'session'>;

/**
 * Effects that had to wait, until something changes for their session. A change that comes while one is tried, before it says that
 * it has to wait, is not lost: then it is tried again at once.
 */
export class PutOff {
  readonly #waiting = new Map<string, string>();
  readonly #tried = new Map<string, { readonly session: string; woken: boolean }>();

  has(key: string): boolean {
    return this.#waiting.has(key);
  }

  /** It is tried now. Each `begin` has its `end`. */
  begin({ key, session }: Named): void {
    this.#tried.set(key, { session, woken: false });
  }

  /** It has to wait. */
  later({ key, session }: Named): void {
    if (!this.#tried.get(key)?.woken) this.#waiting.set(key, session);
  }

  end({ key }: Named): void {
    this.#tried.delete(key);
  }

  wake(session: string): void {
    for (const [key, waits] of this.#waiting) if (waits === session) this.#waiting.delete(key);
    for (const tried of this.#tried.values()) if (tried.session === session) tried.woken = true;
  }
}
