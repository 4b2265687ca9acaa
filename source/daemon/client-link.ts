import type { Socket } from 'node:net';
import type { DaemonNotifications, Scope } from '../protocol/daemon.ts';
import { FrameError, FrameReader, FrameType } from '../protocol/frame.ts';
import type { Hello } from '../protocol/hello.ts';
import { Peer } from '../protocol/peer.ts';
import { TuttiError } from '../protocol/rpc.ts';

/** What may lie unsent before a client counts as slow; then it gets only the newest of each session, once it reads again. */
const SLOW_BYTES = 1024 * 1024;

/** Far more than every answer that a client can wait for at once: one that lets so much lie is never going to read it. */
const MOST_WAITING = 64 * 1024 * 1024;

/**
 * One client's connection, as the daemon sees it. What a slow client has not read is never queued one behind the other:
 * notifications are asked for again when it has drained (`onDrained`), so its backlog is at most one view of each session.
 */
export class ClientLink {
  hello: Hello | undefined;
  /** The session that it was started by, whose rights it has; undefined: the person. */
  session: string | undefined;
  /** The start of that session's agent which it comes from, by its host's name: with the next start its rights end. */
  host: string | undefined;
  /** What it watches; undefined before `fleet/watch`. */
  scope: Scope | undefined;
  onDrained: () => void = () => {};
  readonly #left = new AbortController();
  readonly #socket: Socket;
  readonly #peer: Peer;

  constructor(socket: Socket, answer: (method: string, params: unknown) => unknown) {
    this.#socket = socket;
    this.#peer = new Peer({ send: frame => this.#send(frame), onRequest: answer });
    const reader = new FrameReader();
    socket.on('data', chunk => {
      try {
        for (const frame of reader.read(chunk)) if (frame.type === FrameType.rpc) this.#peer.receive(frame.payload);
      } catch (thrown) {
        if (!(thrown instanceof FrameError)) throw thrown;
        socket.destroy();
      }
    });
    socket.on('drain', () => this.onDrained());
    // A client that vanished mid-write is no failure of the daemon: 'close' follows.
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#left.abort();
      this.#peer.close(new TuttiError('unavailable', 'The client has gone.'));
    });
  }

  /** Aborted when the connection has ended. */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  get slow(): boolean {
    return this.#socket.writableLength > SLOW_BYTES;
  }

  notify<Name extends keyof DaemonNotifications>(name: Name, params: DaemonNotifications[Name]): void {
    this.#peer.notify(name, params);
  }

  /** A client that asks and asks and reads no answer has to begin anew. */
  #send(frame: Buffer): void {
    this.#socket.write(frame);
    if (this.#socket.writableLength > MOST_WAITING) this.#socket.destroy();
  }

  /** After what is written has gone out. */
  endSoon(): void {
    setImmediate(() => this.#socket.end());
  }
}
