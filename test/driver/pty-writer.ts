import { write } from 'node:fs';

/**
 * Writes to a PTY in order, waiting while its buffer is full. node-pty's own writer goes on after the descriptor is closed, and
 * says so on the console.
 */
export class PtyWriter {
  readonly #fd: number;
  #open = true;
  #last: Promise<void> = Promise.resolve();

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(data: string | Buffer): void {
    if (this.#open) this.#last = this.#last.then(() => this.#writeAll(Buffer.from(data)));
  }

  /** What was begun is done, the rest is left; then the descriptor may be closed. */
  async close(): Promise<void> {
    this.#open = false;
    await this.#last;
  }

  #writeAll(data: Buffer): Promise<void> {
    return new Promise(resolve => {
      const next = (from: number) => {
        if (from === data.length || (!this.#open && from > 0)) return resolve();
        write(this.#fd, data, from, Math.min(4096, data.length - from), null, (error, written) => {
          if (error && error.code !== 'EAGAIN') return resolve();
          if (!error) return next(from + written);
          // Nobody reads: the terminal may be closed meanwhile.
          if (this.#open) setTimeout(next, 5, from);
          else resolve();
        });
      };
      next(0);
    });
  }
}
