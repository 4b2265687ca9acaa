import { connect, type Socket } from 'node:net';
import { encodeFrame, type Frame, FrameReader, FrameType } from '../protocol/frame.ts';
import type { Hello, Welcome } from '../protocol/hello.ts';
import type { HostEvent, HostNotifications, HostRequests, HostStatus, Lease, ProgramExit } from '../protocol/host.ts';
import { encodeInput, type InputSource } from '../protocol/input-frame.ts';
import { decodeOutput, decodeSnapshot, type Output, type Snapshot } from '../protocol/output-frame.ts';
import { Peer } from '../protocol/peer.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { OLDEST_PROTOCOL } from '../protocol/version.ts';
import { SPOKEN_PROTOCOL } from '../system/build.ts';
import { readBundle } from '../system/bundle.ts';
import { hostSocket } from '../system/link-dir.ts';
import type { Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';
import { inOrder } from './in-order.ts';

export interface ConnectHostOptions {
  /** Directory of the host's bundle (`Pane.bundle`). */
  readonly bundle: string;
  readonly paths: Pick<Paths, 'link'>;
  readonly system: Pick<System, 'uid' | 'pid' | 'platform'>;
  /** Unique for each process: names it for leases, sizes and operation ids. */
  readonly client: string;
  readonly kind: Hello['kind'];
  /** `<version>-<hash>` of this build. */
  readonly build: string;
  readonly timeoutMs?: number;
}

/** What a host says by itself. `output` and `snapshot` hold bytes that are valid until the listener returns. */
export interface HostConnectionEvents {
  output: Output;
  snapshot: Snapshot;
  resized: HostNotifications['screen/resized'];
  event: HostEvent;
  lease: Lease;
  exited: ProgramExit;
  /** The connection has ended, with the reason; nothing comes after it. */
  closed: TuttiError;
}

const NOTIFICATIONS: Readonly<Record<keyof HostNotifications, keyof HostConnectionEvents>> = {
  'event/happened': 'event',
  'screen/resized': 'resized',
  'lease/changed': 'lease',
  'program/exited': 'exited',
};

/** A host that lives answers a hello within milliseconds; one on a machine that swaps may need this long. */
const HELLO_MS = 5000;

/** A large paste goes in pieces, so that the host can stop reading between them. */
const INPUT_PIECE = 64 * 1024;

/** Counts over all connections of this process: a host knows a repeated input by client and number. */
let typed = 0n;

/**
 * Connects to a living host and says hello. Fails with `notFound` where the bundle has no host (any more), `unavailable` where
 * it does not answer, `conflict` where it refuses the secret, `notSupported` where it and this build can't talk.
 */
export async function connectHost(options: ConnectHostOptions): Promise<HostConnection> {
  const { bundle } = options;
  const { record } = readBundle(bundle);
  if (!record) throw new TuttiError('notFound', `No host was started in ${bundle}.`);
  if (record.protocol < OLDEST_PROTOCOL) {
    throw new TuttiError(
      'notSupported',
      `The host ${record.name} of session ${record.session} is of tutti ${record.build}, which is too old for this one; restart its program.`,
    );
  }
  const socket = await dial(hostSocket({ link: options.paths.link, bundle, system: options.system }), bundle);
  const connection = new HostConnection(socket, record.name);
  await connection.hello(
    {
      protocol: SPOKEN_PROTOCOL,
      build: options.build,
      secret: record.secret,
      client: options.client,
      kind: options.kind,
      capabilities: [],
    },
    options.timeoutMs ?? HELLO_MS,
  );
  return connection;
}

/** A client's end of a host's socket. It does not come back by itself: who holds it decides whether the host is gone. */
export class HostConnection {
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #name: string;
  readonly #listeners = new Map<string, Set<(event: never) => void>>();
  #welcome: (Welcome & { readonly status: HostStatus }) | undefined;
  #closed: TuttiError | undefined;

  constructor(socket: Socket, name: string) {
    this.#socket = socket;
    this.#name = name;
    this.#peer = new Peer({
      send: frame => socket.write(frame),
      onNotification: (method, params) => this.#notified(method, params),
    });
    const reader = new FrameReader();
    const nonsense = (cause: unknown) =>
      this.#end(new TuttiError('failed', `The host ${name} said something that is no frame.`, { cause }));
    const inbox = inOrder(frame => (this.#closed ? 'other' : this.#received(frame)), nonsense);
    socket.on('data', chunk => {
      try {
        for (const frame of reader.read(chunk)) inbox.take(frame);
      } catch (cause) {
        nonsense(cause);
      }
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      try {
        inbox.flush();
      } catch (cause) {
        nonsense(cause);
      }
      this.#end(new TuttiError('unavailable', `The host ${name} has closed the connection.`));
    });
  }

  /** What the host said at the hello; its status is that of then. */
  get welcome(): Welcome & { readonly status: HostStatus } {
    if (!this.#welcome) throw new TuttiError('bug', `The host ${this.#name} was not greeted.`);
    return this.#welcome;
  }

  async hello(hello: Hello, timeoutMs: number): Promise<void> {
    const deadline = setTimeout(
      () =>
        this.#end(
          new TuttiError(
            'unavailable',
            `The host ${this.#name} did not answer within ${timeoutMs / 1000} s; try again.`,
          ),
        ),
      timeoutMs,
    );
    try {
      this.#welcome = await this.request('client/hello', hello);
    } catch (thrown) {
      this.close();
      throw thrown;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** A host that is stopped or hangs answers nothing: with `withinMs` that is `unavailable` then, else it is waited for. */
  async request<Method extends keyof HostRequests>(
    method: Method,
    params: HostRequests[Method]['params'],
    withinMs?: number,
  ): Promise<HostRequests[Method]['result']> {
    const answer = this.#peer.request(method, params) as Promise<HostRequests[Method]['result']>;
    if (withinMs === undefined) return answer;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const deadline = setTimeout(() => {
      const why = `The host ${this.#name} did not answer ${method} within ${withinMs / 1000} s; try again.`;
      reject(new TuttiError('unavailable', why));
    }, withinMs);
    return Promise.race([answer, late]).finally(() => clearTimeout(deadline));
  }

  /** What the user typed, as it came. Only `InputSource.keys` takes the lease. */
  input(bytes: Uint8Array, source: InputSource): void {
    for (let at = 0; at < bytes.byteLength && !this.#closed; at += INPUT_PIECE) {
      typed += 1n;
      const input = { source, operation: typed, bytes: bytes.subarray(at, at + INPUT_PIECE) };
      this.#socket.write(encodeFrame(FrameType.bytes, ...encodeInput(input)));
    }
  }

  /** Returns what takes the listener away again. */
  on<Name extends keyof HostConnectionEvents>(
    name: Name,
    listener: (event: HostConnectionEvents[Name]) => void,
  ): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** No more output is read until `resume`: the host then sends a snapshot instead of what was missed. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#end(new TuttiError('cancelled', `The connection to the host ${this.#name} was closed.`));
  }

  #received({ type, payload }: Frame): 'answer' | 'other' {
    switch (type) {
      case FrameType.rpc:
        return this.#peer.receive(payload);
      case FrameType.bytes: {
        const output = decodeOutput(payload);
        if (output) this.#tell('output', output);
        return 'other';
      }
      case FrameType.snapshot: {
        const snapshot = decodeSnapshot(payload);
        if (snapshot) this.#tell('snapshot', snapshot);
        return 'other';
      }
      default:
        // A newer host's frame of a kind that this build does not know is none of its business.
        return 'other';
    }
  }

  #notified(method: string, params: unknown): void {
    // A newer host may say more; that is none of this build's business.
    const name = NOTIFICATIONS[method as keyof HostNotifications];
    if (name) this.#tell(name, params as never);
  }

  #tell<Name extends keyof HostConnectionEvents>(name: Name, event: HostConnectionEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
  }

  #end(reason: TuttiError): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#peer.close(reason);
    this.#socket.destroy();
    this.#tell('closed', reason);
  }
}

function dial(path: string, bundle: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      const gone = cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED';
      reject(
        gone
          ? new TuttiError('notFound', `The host of ${bundle} is gone.`, { cause })
          : new TuttiError('unavailable', `The host of ${bundle} can't be reached: ${cause.message}.`, { cause }),
      );
    });
  });
}
