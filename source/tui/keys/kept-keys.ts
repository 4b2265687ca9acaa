import type { Token } from './token.ts';

/** What nobody types by hand in the second or two that a start takes. */
const MOST_BYTES = 65_536;

/** Keys that come before it is known what they mean. All of them are kept or, where it is too much, none: half of a text is another text. */
export class KeptKeys {
  #tokens: Token[] | undefined;
  #bytes = 0;

  get isOpen(): boolean {
    return this.#tokens !== undefined;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  begin(): void {
    this.#tokens ??= [];
  }

  add(token: Token): void {
    this.#bytes += token.bytes.length;
    if (this.#bytes <= MOST_BYTES) this.#tokens?.push(token);
    else this.#tokens = [];
  }

  end(): readonly Token[] {
    const kept = this.#tokens ?? [];
    this.#tokens = undefined;
    this.#bytes = 0;
    return kept;
  }
}
