import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Sink } from '../compositor/compositor.ts';
import type { Reply } from '../keys/input-event.ts';
import { type Abilities, Answers } from './answers.ts';
import type { SetDeadline } from './deadline.ts';
import type { Guard } from './guard.ts';
import { ASK_FOR_RECEIPT, Receipts } from './receipts.ts';
import { ENTER_KITTY, enterSequence, leaveSequence, QUESTIONS } from './sequences.ts';
import { swallowAnswers } from './swallow-answers.ts';
import { typedBefore } from './typed-before.ts';

export interface UserTerminalOptions {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Where SIGWINCH is heard: the process. */
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'>;
  /** The descriptor behind `stdout`. */
  readonly fd: number;
  readonly title: string | undefined;
  readonly setDeadline: SetDeadline;
  readonly onInput: (chunk: Buffer) => void;
  /** Its size may be another one; what it shows is not known any more in any case. */
  readonly onResize: (size: { readonly columns: number; readonly rows: number }) => void;
  /** The terminal has answered what it is, or did not in time. */
  readonly onAbilities: (abilities: Abilities) => void;
}

/** The terminal that tutti runs in: entered once, left in every way that a process ends. */
export class UserTerminal implements Sink {
  readonly #options: UserTerminalOptions;
  readonly #onData = (chunk: Buffer): void => this.#options.onInput(chunk);
  readonly #onResize = (): void => this.#options.onResize(this.size);
  readonly #receipts: Receipts;
  #guard: Guard | undefined;
  #answers: Answers | undefined;
  #entered = false;
  #kitty: boolean | undefined;

  constructor(options: UserTerminalOptions) {
    this.#options = options;
    this.#receipts = new Receipts(options.setDeadline);
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#options.stdout;
    return { columns: columns || 80, rows: rows || 24 };
  }

  /** The guard has to stand before: after a SIGKILL only it can undo this. */
  enter(guard: Guard): void {
    const { stdin, stdout, signals, title, setDeadline } = this.#options;
    this.#guard = guard;
    this.#entered = true;
    stdin.setRawMode(true);
    guard.arm();
    setBlocking(stdout, false);
    const typed = typedBefore();
    if (typed.length > 0) this.#onData(typed);
    stdin.on('data', this.#onData);
    stdin.resume();
    // Not `resize` of stdout: of a terminal that was small for a moment and is as before it says nothing, but cells were lost.
    signals.on('SIGWINCH', this.#onResize);
    stdout.write(enterSequence({ title }));
    if (this.#kitty) stdout.write(ENTER_KITTY);
    if (this.#kitty !== undefined) return;
    this.#answers = new Answers({ setDeadline, onDone: abilities => this.#answered(abilities) });
    stdout.write(QUESTIONS);
    void this.#receipts.asked();
  }

  /** An answer that the key reader has found among the keys. */
  reply(reply: Reply): void {
    this.#answers?.take(reply);
    if (reply.name === 'attributes') this.#receipts.take();
  }

  /**
   * Resolves when the terminal has read what `write` writes, and all that was written before: the keys that come after were pressed
   * after. One that never answers is not waited for, nor is one that is being left.
   */
  hasRead(write: (question: string) => void): Promise<void> {
    // Nobody would take the answer, and the wait for it would keep the process.
    if (!this.#entered) return Promise.resolve();
    const read = this.#receipts.asked();
    write(ASK_FOR_RECEIPT);
    return read;
  }

  write(bytes: string): boolean {
    return this.#options.stdout.write(bytes);
  }

  onDrain(listener: () => void): void {
    this.#options.stdout.on('drain', listener);
  }

  /** Gives the terminal back for a while (a stop); `enter` takes it again. The compositor has to be paused before. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    const { stdin, stdout, signals, title } = this.#options;
    const asked = this.#receipts.waiting;
    this.#answers?.close();
    this.#receipts.close();
    stdin.off('data', this.#onData);
    stdin.pause();
    signals.off('SIGWINCH', this.#onResize);
    setBlocking(stdout, true);
    // Not through the stream: the process may be about to end, and what stands in the stream's queue is a frame of no use.
    writeAll(this.#options.fd, leaveSequence({ title }));
    if (asked > 0) swallowAnswers(asked);
    try {
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone.
    }
    this.#guard?.disarm();
  }

  /** Gives the terminal back for good. Synchronous, so that it can be the last thing that a process does. */
  close(): void {
    this.leave();
    this.#guard?.close();
    this.#guard = undefined;
  }

  #answered(abilities: Abilities): void {
    this.#kitty = abilities.kitty;
    if (abilities.kitty && this.#entered) this.#options.stdout.write(ENTER_KITTY);
    this.#options.onAbilities(abilities);
  }
}

/**
 * Node writes to a terminal synchronously: one that does not read (ctrl-S, a slow line) would stop the event loop. There is no
 * public way to say otherwise; without this handle frames are written as Node does.
 */
function setBlocking(stdout: WriteStream, blocking: boolean): void {
  const { _handle: handle } = stdout as unknown as { _handle?: { setBlocking?: (blocking: boolean) => void } };
  handle?.setBlocking?.(blocking);
}

/** Tries for half a second at most: a terminal that is not read can't be told anything. */
function writeAll(fd: number, text: string): void {
  let left = Buffer.from(text);
  for (let attempt = 0; left.length > 0 && attempt < 50; ) {
    try {
      left = left.subarray(writeSync(fd, left));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      attempt++;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
