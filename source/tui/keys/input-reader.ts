import type { SetDeadline } from '../terminal/deadline.ts';
import type { Token } from './token.ts';
import { Tokenizer } from './tokenizer.ts';

/**
 * How long the rest of something may take, milliseconds. An escape key is told from a sequence by nothing but time: 20 is more
 * than one read's gap, less than a person notices. What has begun as a sequence cannot be typed, so a slow line gets longer.
 */
const PATIENCE = { escape: 20, sequence: 300, paste: 2000 } as const;

export interface InputReaderOptions {
  readonly onTokens: (tokens: readonly Token[]) => void;
  readonly setDeadline: SetDeadline;
}

/** Reads stdin: bytes in, whole tokens out, what is held given out by a deadline. */
export class InputReader {
  readonly #options: InputReaderOptions;
  readonly #tokenizer = new Tokenizer();
  #cancel: (() => void) | undefined;

  constructor(options: InputReaderOptions) {
    this.#options = options;
  }

  feed(chunk: Buffer): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const tokens = this.#tokenizer.push(chunk);
    if (tokens.length > 0) this.#options.onTokens(tokens);
    const held = this.#tokenizer.held;
    if (held) this.#cancel = this.#options.setDeadline(PATIENCE[held], () => this.#flush());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #flush(): void {
    this.#cancel = undefined;
    const tokens = this.#tokenizer.flush();
    if (tokens.length > 0) this.#options.onTokens(tokens);
  }
}
