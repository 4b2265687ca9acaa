import { writeSync } from 'node:fs';

/** A host that says more than this has gone astray; its disk is not for that. */
const MOST_LINES = 2000;

/** Plain lines for a developer, to `host.log` in the bundle, which is our stderr. */
export class HostLog {
  readonly #file: number;
  readonly #now: () => number;
  #lines = 0;

  constructor(file: number, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  say(line: string): void {
    if (this.#lines >= MOST_LINES) return;
    this.#lines += 1;
    try {
      writeSync(this.#file, `${new Date(this.#now()).toISOString()} ${line}\n`);
    } catch {
      // A full disk: the program is worth more than the line.
    }
  }
}
