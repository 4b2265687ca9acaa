import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** A log file of limited size: at the limit it becomes `<path>.1`, `.1` becomes `.2`, and the oldest goes. */
export class RotatingFile {
  readonly #path: string;
  readonly #limit: number;
  readonly #keep: number;
  #file: number;
  #size: number;

  constructor(path: string, { limit, keep }: { readonly limit: number; readonly keep: number }) {
    this.#path = path;
    this.#limit = limit;
    this.#keep = keep;
    this.#file = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  /** A line that can't be written is lost: a full disk must not end the one who logs. */
  write(line: string): void {
    try {
      if (this.#size + line.length > this.#limit && this.#size > 0) this.#rotate();
      this.#size += writeSync(this.#file, line);
    } catch {
      // Nowhere left to say it.
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #rotate(): void {
    rmSync(`${this.#path}.${this.#keep - 1}`, { force: true });
    for (let number = this.#keep - 2; number >= 0; number--) {
      try {
        renameSync(number === 0 ? this.#path : `${this.#path}.${number}`, `${this.#path}.${number + 1}`);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    closeSync(this.#file);
    this.#file = openSync(this.#path, 'a', 0o600);
    this.#size = 0;
  }
}
