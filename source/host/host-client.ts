import type { Socket } from 'node:net';
import { encodeFrame, FrameReader, FrameType, MAX_PAYLOAD } from '../protocol/frame.ts';
import type { Hello } from '../protocol/hello.ts';
import { decodeInput, type InputFrame } from '../protocol/input-frame.ts';
import { encodeSnapshotHead } from '../protocol/output-frame.ts';
import { Peer } from '../protocol/peer.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { SubmitScan } from './submit-scan.ts';

export interface HostClientOptions {
  readonly socket: Socket;
  /** Checks the hello; what it throws is said, and the connection closed. */
  readonly onHello: (hello: Hello) => unknown;
  readonly onGreeted: (client: HostClient) => void;
  readonly onRequest: (method: string, params: unknown, client: HostClient) => unknown;
  readonly onInput: (input: InputFrame, client: HostClient) => void;
  readonly onClosed: (client: HostClient) => void;
  /** The screen as bytes, at most so many rows of scrollback. */
  readonly snapshot: (scrollback: number) => Snapshot;
  readonly say: (line: string) => void;
}

export interface Snapshot {
  readonly sequence: number;
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** Who connects and says nothing is not kept. */
const HELLO_MS = 5000;

/** So much may wait for a client that reads slowly; then it gets a new snapshot instead of the rest. */
const MOST_OUTPUT_WAITING = 512 * 1024;

/** A client that does not even read answers and events has to begin anew. */
const MOST_WAITING = 8 * 1024 * 1024;

/** One connected client. */
export class HostClient {
  readonly scan = new SubmitScan();
  /** Wants every event. */
  watchesEvents = false;
  /** Its connection ends as it should. */
  saidGoodbye = false;
  readonly #options: HostClientOptions;
  readonly #peer: Peer;
  readonly #reader = new FrameReader();
  readonly #helloDeadline: NodeJS.Timeout;
  #hello: Hello | undefined;
  #scrollback: number | undefined;
  #behind = false;

  constructor(options: HostClientOptions) {
    this.#options = options;
    const { socket } = options;
    this.#peer = new Peer({
      send: frame => this.#send(frame),
      onRequest: (method, params) => this.#answer(method, params),
    });
    this.#helloDeadline = setTimeout(() => socket.destroy(), HELLO_MS);
    socket.on('data', chunk => this.#received(chunk));
    socket.on('drain', () => this.#drained());
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(this.#helloDeadline);
      this.#peer.close(new TuttiError('cancelled', 'The client has gone.'));
      options.onClosed(this);
    });
  }

  /** The client's own name; '' before its hello. */
  get id(): string {
    return this.#hello?.client ?? '';
  }

  get isDaemon(): boolean {
    return this.#hello?.kind === 'daemon';
  }

  watch(scrollback: number): void {
    this.#scrollback = scrollback;
    this.#behind = false;
    this.#sendSnapshot();
  }

  unwatch(): void {
    this.#scrollback = undefined;
  }

  /** It watches the screen and keeps up: the daemon, which is always connected, does not. */
  get takesOutput(): boolean {
    return this.#scrollback !== undefined && !this.#behind;
  }

  /** A frame of output, the same bytes for all clients that take it. */
  output(frame: Buffer): void {
    if (this.#options.socket.writableLength > MOST_OUTPUT_WAITING) this.#behind = true;
    else this.#send(frame);
  }

  /** In order with the output: not for a client that will get a snapshot. */
  resized(params: unknown): void {
    if (this.#scrollback !== undefined && !this.#behind) this.notify('screen/resized', params);
  }

  notify(method: string, params: unknown): void {
    if (this.#hello) this.#peer.notify(method, params);
  }

  /** No more input is taken from this client until the program has read what it has. */
  pauseInput(): void {
    this.#options.socket.pause();
  }

  resumeInput(): void {
    this.#options.socket.resume();
  }

  end(): void {
    this.#options.socket.end();
  }

  #received(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.read(chunk)) {
        if (frame.type === FrameType.rpc) this.#peer.receive(frame.payload);
        else if (frame.type === FrameType.bytes) this.#input(frame.payload);
        // Frames of a kind that only newer clients know are left alone.
      }
    } catch (error) {
      this.#options.say(`a client was sent away: ${(error as Error).message}`);
      this.#options.socket.destroy();
    }
  }

  #input(payload: Uint8Array): void {
    const input = this.#hello && decodeInput(payload);
    if (!input) throw new TuttiError('usage', 'input without a hello, or of a kind that is not known');
    this.#options.onInput(input, this);
  }

  async #answer(method: string, params: unknown): Promise<unknown> {
    if (method === 'client/hello') return this.#greet(params as Hello);
    if (this.#hello) return this.#options.onRequest(method, params, this);
    this.#sendAway();
    throw new TuttiError('conflict', `The host answers ${method} only after a hello.`);
  }

  #greet(hello: Hello): unknown {
    try {
      const welcome = this.#options.onHello(hello);
      this.#hello = hello;
      clearTimeout(this.#helloDeadline);
      this.#options.onGreeted(this);
      return welcome;
    } catch (error) {
      this.#sendAway();
      throw error;
    }
  }

  /** After the answer is written. */
  #sendAway(): void {
    setImmediate(() => this.#options.socket.end());
    this.#options.socket.pause();
  }

  #send(frame: Buffer): void {
    const { socket } = this.#options;
    socket.write(frame);
    if (socket.writableLength > MOST_WAITING) socket.destroy();
  }

  #drained(): void {
    if (!this.#behind) return;
    this.#behind = false;
    this.#sendSnapshot();
  }

  /** A snapshot is one frame: where the scrollback is too long for it, the oldest rows stay behind. */
  #sendSnapshot(): void {
    if (this.#scrollback === undefined) return;
    for (let rows = this.#scrollback; ; rows = Math.floor(rows / 2)) {
      const { sequence, columns, rows: height, bytes } = this.#options.snapshot(rows);
      const head = encodeSnapshotHead(sequence, columns, height);
      if (rows > 0 && head.byteLength + bytes.byteLength > MAX_PAYLOAD) continue;
      this.#send(encodeFrame(FrameType.snapshot, head, bytes));
      return;
    }
  }
}
