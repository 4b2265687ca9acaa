import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { DaemonNotifications, DaemonRequests } from '../protocol/daemon.ts';
import type { Hello, Welcome } from '../protocol/hello.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { markIn, type SessionMark } from '../protocol/session-mark.ts';
import { SPOKEN_PROTOCOL } from '../system/build.ts';
import { definedEnv } from '../system/defined-env.ts';
import { homeName, type Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';
import { greet, type Link, soon } from './daemon-link.ts';
import { awaitDaemon, type DaemonProgram, dialDaemon, startDaemon, waitForDaemon } from './daemon-start.ts';
import { isNewerBuild } from './newer-build.ts';

export interface ConnectOptions {
  readonly system: Pick<System, 'now' | 'random' | 'pid' | 'uid' | 'platform' | 'env'>;
  readonly paths: Paths;
  readonly kind: Hello['kind'];
  /** How to start a daemon where none runs; undefined: then the connection is refused. */
  readonly program: (() => DaemonProgram | Promise<DaemonProgram>) | undefined;
  /** This client's build, `<version>-<hash>`. */
  readonly build: string;
  /** Where the user stands. */
  readonly cwd?: string;
  /** How long it may take until a lost daemon is back before requests fail; forever without it. */
  readonly patienceMs?: number;
}

export type ConnectionEvents = DaemonNotifications & {
  /** The daemon went away; requests wait. */
  reconnecting: { readonly since: number };
  /** A daemon is there (again): whoever watches asks for a fresh `fleet/watch`. */
  connected: Welcome;
};

type Listener<Name extends keyof ConnectionEvents> = (event: ConnectionEvents[Name]) => void;

/** A client of the older build may be quicker with the next daemon; not for ever. */
const MOST_REPLACED = 3;

/** A daemon that ends so often, each time so soon after one and the same request, ends because of it. */
const MOST_ENDS = 5;
const CRASHES_WITHIN_MS = 5000;

/** What a daemon is doing when it is told to end may take ten seconds. */
const END_MS = 20_000;

/** Pauses between attempts to bring a daemon back; the last one repeats. */
const RETRY_MS = [50, 200, 1000, 5000];

/** Connects to the daemon and starts one where none runs. Afterwards it comes back by itself whenever the daemon goes. */
export async function connectDaemon(options: ConnectOptions): Promise<DaemonConnection> {
  const connection = new DaemonConnection(options);
  await connection.open();
  return connection;
}

/**
 * A client's end of the daemon's socket. A request that was in flight when the daemon went is sent again to the next one: what
 * changes something carries an operation id, so it is answered and not repeated.
 */
export class DaemonConnection {
  /** Unique for each process: names it for leases, sizes and operations. */
  readonly client: string;
  readonly #options: ConnectOptions;
  /** This process was started by a session. */
  readonly #mark: SessionMark | undefined;
  readonly #listeners = new Map<string, Set<(event: never) => void>>();
  #link: Link | undefined;
  #opening: Promise<Link> | undefined;
  #closed = false;
  #operations = 0;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#mark = markIn(options.system.env, homeName(options.paths));
    this.client = `${options.kind}-${options.system.pid}-${Buffer.from(options.system.random(6)).toString('hex')}`;
  }

  async open(): Promise<void> {
    const link = await this.#connect();
    await this.#settleBuild(link);
  }

  /** A fresh operation id. */
  operation(): string {
    this.#operations += 1;
    return `${this.client}/${this.#operations}`;
  }

  async request<Method extends keyof DaemonRequests>(
    method: Method,
    params: DaemonRequests[Method]['params'],
  ): Promise<DaemonRequests[Method]['result']> {
    for (let ends = 0; ; ) {
      const link = this.#link ?? (await this.#connect());
      const asked = this.#options.system.now();
      try {
        return (await link.peer.request(method, params)) as DaemonRequests[Method]['result'];
      } catch (thrown) {
        if (thrown !== link.ended || this.#closed) throw thrown;
        // The next daemon was not meant.
        if (method === 'daemon/stop') return null as DaemonRequests[Method]['result'];
        // One that ended in peace, or long after it was asked, did not end because of this.
        ends = link.isEnding || this.#options.system.now() - asked > CRASHES_WITHIN_MS ? 0 : ends + 1;
        if (ends === MOST_ENDS) throw this.#crashes(method);
      }
    }
  }

  /** Returns what takes the listener away again. */
  on<Name extends keyof ConnectionEvents>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /**
   * Ends the daemon as its user wishes: no host wakes another one. Settles when it has ended, which takes as long as what it is
   * doing; this connection is of no use then.
   */
  async stopDaemon(): Promise<void> {
    const link = this.#link ?? (await this.#connect());
    await this.#end(link, { by: 'user' });
  }

  close(): void {
    this.#closed = true;
    this.#link?.socket.destroy();
  }

  /** `expected`: somebody who told the last daemon to end is about to start the next one. */
  #connect(expected = false): Promise<Link> {
    if (this.#closed) return Promise.reject(new TuttiError('cancelled', 'The connection to the daemon was closed.'));
    this.#opening ??= this.#tryUntilThere(expected).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #tryUntilThere(expected: boolean): Promise<Link> {
    const { system, patienceMs = Number.POSITIVE_INFINITY, paths } = this.#options;
    const begun = system.now();
    if (expected) await awaitDaemon(paths);
    for (let attempt = 0; ; attempt++) {
      try {
        const socket = (await dialDaemon(paths, system)) ?? (await this.#bring());
        return this.#use(this.#known(await greet(socket, this.#hello())));
      } catch (thrown) {
        const final = thrown instanceof TuttiError && thrown.kind !== 'unavailable';
        if (final || this.#closed || system.now() - begun > patienceMs) throw thrown;
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 5000);
      }
    }
  }

  /** There is none. */
  async #bring(): Promise<Socket> {
    const { program } = this.#options;
    if (!program) throw new TuttiError('notFound', 'No daemon runs.');
    return this.#mark ? waitForDaemon(this.#options) : startDaemon(this.#options, await program());
  }

  #use(link: Link): Link {
    if (this.#closed) {
      link.socket.destroy();
      throw new TuttiError('cancelled', 'The connection to the daemon was closed.');
    }
    this.#link = link;
    link.onNotification = (method, params) => {
      if (method === 'environment/wanted') void this.#offer(link);
      else if (method === 'daemon/ending') link.isEnding = true;
      else this.#tell(method, params);
    };
    link.onEnd = () => {
      this.#link = undefined;
      if (this.#closed) return;
      this.#tell('reconnecting', { since: this.#options.system.now() });
      // What fails here fails for those who wait for it, in `request`.
      this.#connect(link.isEnding).catch(() => {});
    };
    for (const { method, params } of link.early) link.onNotification(method, params);
    this.#tell('connected', link.welcome);
    return link;
  }

  /** A start that a dead daemon left undone takes place with this client's environment. */
  async #offer(link: Link): Promise<void> {
    // An agent's own tutti lives in the environment of that agent.
    if (this.#options.kind === 'agent' || this.#mark) return;
    await link.peer.request('client/offer', { env: definedEnv(this.#options.system.env) }).catch(() => {});
  }

  #tell(name: string, event: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
  }

  async #own(): Promise<{ readonly build: string; readonly protocol: number; readonly builtAt: number | undefined }> {
    return {
      build: this.#options.build,
      protocol: SPOKEN_PROTOCOL,
      builtAt: (await this.#options.program?.())?.builtAt,
    };
  }

  async #end(link: Link, params: DaemonRequests['daemon/stop']['params']): Promise<void> {
    const gone = new Promise<void>((resolve, reject) => {
      link.onEnd = resolve;
      // It may be gone before its answer is read; one that refuses stays.
      link.peer.request('daemon/stop', params).catch(thrown => {
        if (thrown !== link.ended) reject(thrown);
      });
    });
    await soon(gone, END_MS);
    this.#link = undefined;
  }

  #crashes(method: string): TuttiError {
    const { logs } = this.#options.paths;
    return new TuttiError(
      'failed',
      `The daemon ended ${MOST_ENDS} times right after it was asked for ${method}, so it is not asked again. Agents go on; why it ended is in ${logs}.`,
    );
  }

  /** A daemon of before there were rights would take a session for the person. */
  #known(link: Link): Link {
    if (!this.#mark || link.welcome.capabilities.includes('rights')) return link;
    link.socket.destroy();
    const why = `The daemon (${link.welcome.build}) is older than this tutti and knows no rights of sessions`;
    throw new TuttiError('notSupported', `${why}: the user has to start the newer tutti in a terminal of his own.`);
  }

  /** An older daemon is replaced: it ends after what it is doing, and no agent notices. To end it is no session's right. */
  async #settleBuild(found: Link): Promise<void> {
    if (this.#mark) return;
    let link = found;
    for (let times = 0; times < MOST_REPLACED && this.#options.program; times++) {
      const own = await this.#own();
      // What most starts find: nothing more has to be asked.
      if (link.welcome.build === own.build) return;
      if (!isNewerBuild(own, await soon(describe(link)))) return;
      await this.#end(link, null);
      link = await this.#connect();
    }
  }

  #hello(): Hello {
    const { paths, kind, build, cwd } = this.#options;
    let secret: string;
    try {
      secret = readFileSync(paths.daemonSecret, 'utf8');
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new TuttiError('unavailable', `The daemon's secret ${paths.daemonSecret} can't be read: ${why}.`, {
        cause,
      });
    }
    return {
      protocol: SPOKEN_PROTOCOL,
      build,
      secret,
      client: this.client,
      kind,
      capabilities: [],
      ...(cwd === undefined ? {} : { cwd }),
      ...(this.#mark ? { session: this.#mark } : {}),
    };
  }
}

async function describe(link: Link): Promise<{ build: string; protocol: number; startedAt: number }> {
  const status = (await link.peer.request('daemon/status', null)) as DaemonRequests['daemon/status']['result'];
  return { build: link.welcome.build, protocol: link.welcome.protocol, startedAt: status.startedAt };
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
