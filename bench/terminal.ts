import { type IPty, spawn } from 'node-pty';

export interface BenchTerminalOptions {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

interface Wait {
  readonly text: string;
  readonly done: (at: number) => void;
}

/**
 * A terminal that only measures: it reads bytes as fast as they come, answers the questions that a program asks at its start, and
 * knows when a text came by. It draws nothing, so that its own cost stays out of the figures.
 */
export class BenchTerminal {
  readonly pty: IPty;
  /** Bytes received so far. */
  received = 0;
  /** When the first byte came, `performance.now()`. */
  firstAt: number | undefined;
  readonly startedAt: number;
  readonly ended: Promise<void>;
  #tail = '';
  #waits: Wait[] = [];

  constructor(options: BenchTerminalOptions) {
    const [file, ...args] = options.argv;
    this.startedAt = performance.now();
    this.pty = spawn(file, args, {
      cols: options.columns ?? 120,
      rows: options.rows ?? 40,
      cwd: options.cwd,
      env: { ...options.env },
      name: 'xterm-256color',
      encoding: null,
    });
    this.ended = new Promise(resolve => this.pty.onExit(() => resolve()));
    this.pty.onData(data => this.#receive(data as unknown as Buffer));
  }

  write(text: string): void {
    this.pty.write(text);
  }

  /** When the text comes by from now on, `performance.now()`. Rejects after the limit, with what was seen last. */
  next(text: string, limitMs = 30_000): Promise<number> {
    this.#tail = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waits = this.#waits.filter(other => other !== wait);
        reject(
          new Error(`"${text}" did not come within ${limitMs} ms; last: ${JSON.stringify(this.#tail.slice(-2000))}`),
        );
      }, limitMs);
      const wait: Wait = {
        text,
        done: at => {
          clearTimeout(timer);
          resolve(at);
        },
      };
      this.#waits.push(wait);
    });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    try {
      process.kill(this.pty.pid, 'SIGHUP');
    } catch {
      // It has ended by itself.
    }
    await this.ended;
  }

  #receive(data: Buffer): void {
    const at = performance.now();
    this.firstAt ??= at;
    this.received += data.length;
    const text = data.toString('latin1');
    this.#answer(text);
    if (this.#waits.length === 0) return;
    const seen = this.#tail + text;
    this.#tail = seen.slice(-8192);
    for (const wait of this.#waits) if (seen.includes(wait.text)) wait.done(at);
    this.#waits = this.#waits.filter(wait => !seen.includes(wait.text));
  }

  /** What a terminal answers at once: its kind and its colours. Programs wait for these before their first frame. */
  #answer(text: string): void {
    if (!text.includes('\x1b')) return;
    if (text.includes('\x1b]10;?')) this.pty.write('\x1b]10;rgb:ffff/ffff/ffff\x1b\\');
    if (text.includes('\x1b]11;?')) this.pty.write('\x1b]11;rgb:0000/0000/0000\x1b\\');
    if (/\x1b\[0?c/.test(text)) this.pty.write('\x1b[?62;22c');
  }
}
