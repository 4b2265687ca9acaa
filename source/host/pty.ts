import { closeSync, constants as fileFlags, openSync, writeSync } from 'node:fs';
import type { SocketConstructorOpts } from 'node:net';
import { constants } from 'node:os';
import { ReadStream } from 'node:tty';
import { PacedWriter } from './paced-writer.ts';
import type { PtyBinding } from './pty-binding.ts';

export interface PtyOptions {
  readonly binding: PtyBinding;
  /** macOS only: node-pty's spawn-helper. */
  readonly helper: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
  /** The bytes are valid until it returns. */
  readonly onOutput: (bytes: Uint8Array) => void;
  /** The program has ended and all that it printed was handed on. */
  readonly onExit: (exit: { readonly code: number | undefined; readonly signal: string | undefined }) => void;
  /** The program took all of its input. */
  readonly onInputTaken?: () => void;
}

/** Linux hands out 4 KB at a time, macOS less. */
const READ_BYTES = 16 * 1024;

/** A grandchild may hold the terminal open after the program's end, so the end of the stream can't be waited for: quiet can. */
const QUIET_MS = 50;
/** One that goes on printing is not listened to for longer than this. */
const DRAIN_MS = 1000;

/** One program in a terminal of its own, a session and process group of its own. */
export class Pty {
  readonly pid: number;
  readonly tty: string;
  readonly #options: PtyOptions;
  readonly #fd: number;
  readonly #stream: ReadStream;
  readonly #writer: PacedWriter;
  /** The program's side of the terminal, held as well until the program has ended. */
  #held: number | undefined;
  #read = 0;
  #open = true;
  #ended = false;
  #exit: { readonly code: number | undefined; readonly signal: string | undefined } | undefined;

  constructor(options: PtyOptions) {
    this.#options = options;
    const { binding, file, args, env, cwd, columns, rows, helper } = options;
    const pairs = Object.entries({ ...env, PWD: cwd }).map(([name, value]) => `${name}=${value}`);
    const onExit = (code: number, signal: number) => this.#exited(code, signal);
    // biome-ignore format: one call of the binding
    const forked = binding.fork(file, args, pairs, cwd, columns, rows, -1, -1, true, helper, onExit);
    this.pid = forked.pid;
    this.tty = forked.pty;
    this.#fd = forked.fd;
    this.#held = hold(forked.pty);
    this.#writer = new PacedWriter({
      write: bytes => this.#write(bytes),
      ...(options.onInputTaken && { onEmpty: options.onInputTaken }),
    });
    // One buffer for all reads: a fresh one for each would be most of a host's garbage. Parsing in the callback is the
    // back-pressure. Never `pause()`: paused around the exit all output would be lost.
    const onread = { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback: this.#printed.bind(this) };
    this.#stream = new ReadStream(forked.fd, { onread } as SocketConstructorOpts);
    this.#stream.resume();
    // EIO is how a PTY says that its last holder has closed it; EAGAIN means nothing.
    this.#stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EAGAIN') this.#end();
    });
    this.#stream.on('end', () => this.#end());
    this.#stream.on('close', () => this.#end());
  }

  /** Bytes of input that the program has not taken yet. */
  get pendingInput(): number {
    return this.#writer.pending;
  }

  write(bytes: Uint8Array): void {
    this.#writer.push(bytes);
  }

  resize(columns: number, rows: number): void {
    if (this.#open) this.#options.binding.resize(this.#fd, columns, rows, 0, 0);
  }

  #printed(length: number, buffer: Uint8Array): boolean {
    this.#read += 1;
    this.#writer.hint();
    this.#options.onOutput(buffer.subarray(0, length));
    return true;
  }

  #write(bytes: Uint8Array): number {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      // EIO: nobody holds the other side any more.
      this.#writer.stop();
      return 0;
    }
  }

  /** The stream says that nothing will come any more. */
  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#close();
    if (this.#exit) this.#options.onExit(this.#exit);
  }

  #exited(code: number, signal: number): void {
    this.#exit = signal === 0 ? { code, signal: undefined } : { code: undefined, signal: signalName(signal) };
    this.#writer.stop();
    this.#letGo();
    if (this.#ended) this.#options.onExit(this.#exit);
    else this.#drain(performance.now() + DRAIN_MS);
  }

  /** Waits until nothing has come for a while. The deadline is looked at after the loop has read, so that lag is not taken for quiet. */
  #drain(until: number): void {
    const before = this.#read;
    setTimeout(() => {
      setImmediate(() => {
        if (this.#ended) return;
        if (this.#read !== before && performance.now() < until) this.#drain(until);
        else this.#end();
      });
    }, QUIET_MS);
  }

  #close(): void {
    this.#open = false;
    this.#writer.stop();
    this.#stream.destroy();
    this.#letGo();
  }

  #letGo(): void {
    if (this.#held !== undefined) closeSync(this.#held);
    this.#held = undefined;
  }
}

/**
 * A program closes its terminal a moment before it is gone (`cat` does so itself). Where it was the last who had it open, the stream
 * ends, our side is closed, and that hangs the program up: one that ends well would be told as killed by HUP. Undefined: it can't be
 * opened, which is no reason not to have a program.
 */
function hold(tty: string): number | undefined {
  try {
    return openSync(tty, fileFlags.O_RDWR | fileFlags.O_NOCTTY);
  } catch {
    return undefined;
  }
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
