import type { Ask } from '../session/ask.ts';

/**
 * The questions that agents wait with (`tutti ask`). In memory only: each lives as long as the client that asks. One whose daemon went
 * asks the next one again, and one that was ended asks nothing any more.
 */
export class Asks {
  readonly #open = new Map<string, readonly Ask[]>();

  /** The one that is shown: who has waited longest. */
  first(session: string): Ask | undefined {
    return this.#open.get(session)?.[0];
  }

  find(session: string, id: string): Ask | undefined {
    return this.#open.get(session)?.find(ask => ask.id === id);
  }

  open(session: string, ask: Ask): void {
    const others = (this.#open.get(session) ?? []).filter(({ id }) => id !== ask.id);
    this.#open.set(
      session,
      [...others, ask].toSorted((a, b) => a.at - b.at),
    );
  }

  close(session: string, id: string): void {
    const left = (this.#open.get(session) ?? []).filter(ask => ask.id !== id);
    if (left.length > 0) this.#open.set(session, left);
    else this.#open.delete(session);
  }
}
