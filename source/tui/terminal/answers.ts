import type { Reply } from '../keys/input-event.ts';
import type { SetDeadline } from './deadline.ts';

/** What the user's terminal has told of itself. */
export interface Abilities {
  readonly kitty: boolean;
  /** It reads what a program says of its state (OSC 7501). */
  readonly programStatus: boolean;
  /** `rrrr/gggg/bbbb`. */
  readonly foreground: string | undefined;
  readonly background: string | undefined;
}

/** A terminal at the other end of the world answers within this; one that does not know a question never does. Milliseconds. */
const PATIENCE = 1000;

/** Collects the answers to `QUESTIONS` until the last one is there, or the time is over. */
export class Answers {
  readonly #onDone: (abilities: Abilities) => void;
  readonly #cancel: () => void;
  #abilities: Abilities = { kitty: false, programStatus: false, foreground: undefined, background: undefined };
  #done = false;

  constructor(options: { readonly setDeadline: SetDeadline; readonly onDone: (abilities: Abilities) => void }) {
    this.#onDone = options.onDone;
    this.#cancel = options.setDeadline(PATIENCE, () => this.#finish());
  }

  take(reply: Reply): void {
    if (this.#done) return;
    if (reply.name === 'kittyFlags') this.#abilities = { ...this.#abilities, kitty: true };
    if (reply.name === 'programStatus') this.#abilities = { ...this.#abilities, programStatus: true };
    if (reply.name === 'foreground') this.#abilities = { ...this.#abilities, foreground: reply.color };
    if (reply.name === 'background') this.#abilities = { ...this.#abilities, background: reply.color };
    if (reply.name === 'attributes') this.#finish();
  }

  /** Nobody waits any more. */
  close(): void {
    this.#done = true;
    this.#cancel();
  }

  #finish(): void {
    if (this.#done) return;
    this.close();
    this.#onDone(this.#abilities);
  }
}
