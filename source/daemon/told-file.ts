import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeHalfWritten, writeAtomic } from '../system/atomic-write.ts';

/** What the user was told of each session, the newest last: more than one, since a session may come back to what it had before. */
export type ToldKeys = ReadonlyMap<string, readonly string[]>;

/** What the user was told of each session last, so that a daemon that starts anew does not tell it again. */
export class ToldFile {
  readonly #path: string;
  #told: ToldKeys | undefined;

  constructor(state: string) {
    this.#path = join(state, 'told.json');
    removeHalfWritten(state, 'told.json');
  }

  /** Undefined: nothing was ever told here. */
  read(): ToldKeys | undefined {
    if (this.#told) return this.#told;
    try {
      const written = JSON.parse(readFileSync(this.#path, 'utf8')) as Record<string, string | readonly string[]>;
      // An older daemon has written the last one alone.
      this.#told = new Map(Object.entries(written).map(([id, keys]) => [id, typeof keys === 'string' ? [keys] : keys]));
    } catch {
      // None yet, or not readable: then it is written anew.
    }
    return this.#told;
  }

  /** @throws where the state folder can't be written: then it may be told once more after a restart. */
  write(told: ToldKeys): void {
    this.#told = new Map(told);
    writeAtomic(this.#path, JSON.stringify(Object.fromEntries(told)));
  }
}
