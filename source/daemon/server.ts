import type { Socket } from 'node:net';
import type { Hello, Welcome } from '../protocol/hello.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { OLDEST_PROTOCOL } from '../protocol/version.ts';
import { isSameSecret } from '../system/same-secret.ts';
import { ClientLink } from './client-link.ts';
import { listenAt } from './listening-socket.ts';
import type { MarkedStart } from './session-pass.ts';

export interface ServerOptions {
  /** Where clients dial, by its short link. */
  readonly path: string;
  readonly secret: string;
  readonly welcome: () => Welcome;
  /** The start of a session's agent that a mark is of; throws where it is of none. */
  readonly startOf: (mark: unknown) => MarkedStart;
  readonly answer: (method: string, params: unknown, client: ClientLink) => unknown;
  readonly onArrived: (client: ClientLink) => void;
  readonly onLeft: (client: ClientLink) => void;
  /** The socket was taken away and can't be put back: nobody reaches us any more. */
  readonly onLost: (cause: unknown) => void;
  /** Replaced in tests. */
  readonly helloMs?: number;
}

export interface DaemonServer {
  readonly clients: ReadonlySet<ClientLink>;
  /** Nobody is heard any more. One client may be kept: its connection ends with this process, which tells it so. */
  readonly close: (kept?: ClientLink) => Promise<void>;
}

/** Listens for clients. */
export async function listen(options: ServerOptions): Promise<DaemonServer> {
  const clients = new Set<ClientLink>();
  const sockets = new Map<Socket, ClientLink>();
  const listening = await listenAt({
    path: options.path,
    onSocket: socket => {
      sockets.set(socket, greet(socket, options, clients));
      socket.once('close', () => sockets.delete(socket));
    },
    onLost: options.onLost,
  });
  return {
    clients,
    close: async kept => {
      listening.close();
      const others = [...sockets].filter(([, link]) => link !== kept).map(([socket]) => socket);
      const closed = others.map(socket => new Promise(resolve => socket.once('close', resolve)));
      for (const socket of others) socket.destroySoon();
      // A client that reads nothing, a stopped one, would keep this daemon and its lock for ever.
      const deadline = setTimeout(() => {
        for (const socket of others) socket.destroy();
      }, FAREWELL_MS);
      await Promise.all(closed);
      clearTimeout(deadline);
    },
  };
}

/** How long a client has to take its last answers when the daemon ends. */
const FAREWELL_MS = 1000;

/** Who connects and says nothing is not kept. */
const HELLO_MS = 5000;

/** A client is one of us after its hello; before it nothing else is answered. */
function greet(socket: Socket, options: ServerOptions, clients: Set<ClientLink>): ClientLink {
  const link: ClientLink = new ClientLink(socket, (method, params) => {
    if (link.hello) return options.answer(method, params, link);
    if (method !== 'client/hello')
      throw refuse(link, `The first word to the daemon has to be client/hello, not ${method}.`);
    link.hello = checkHello(params, options, link);
    const start = startOf(link.hello, options, link);
    link.session = start?.session;
    link.host = start?.host;
    clients.add(link);
    options.onArrived(link);
    return options.welcome();
  });
  const deadline = setTimeout(() => {
    if (!link.hello) socket.destroy();
  }, options.helloMs ?? HELLO_MS);
  socket.once('close', () => {
    clearTimeout(deadline);
    if (clients.delete(link)) options.onLeft(link);
  });
  return link;
}

function checkHello(params: unknown, options: ServerOptions, link: ClientLink): Hello {
  if (!isHello(params)) throw refuse(link, 'The hello of this client is not complete.');
  if (!isSameSecret(params.secret, options.secret)) {
    throw refuse(link, 'The hello has a wrong secret: start tutti as the user whom this daemon belongs to.');
  }
  if (params.protocol < OLDEST_PROTOCOL) {
    const { build, protocol } = options.welcome();
    throw refuse(
      link,
      `This daemon (${build}) speaks protocol ${OLDEST_PROTOCOL} to ${protocol}, the client ${params.build} only ${params.protocol}: start the newer tutti.`,
    );
  }
  return params;
}

function startOf({ session }: Hello, options: ServerOptions, link: ClientLink): MarkedStart | undefined {
  if (session === undefined) return undefined;
  try {
    return options.startOf(session);
  } catch (thrown) {
    link.hello = undefined;
    link.endSoon();
    throw thrown;
  }
}

function isHello(params: unknown): params is Hello {
  if (typeof params !== 'object' || params === null) return false;
  const hello = params as Partial<Record<keyof Hello, unknown>>;
  return (
    typeof hello.protocol === 'number' &&
    typeof hello.build === 'string' &&
    typeof hello.secret === 'string' &&
    typeof hello.client === 'string' &&
    typeof hello.kind === 'string'
  );
}

/** The answer still goes out, then the connection ends. */
function refuse(link: ClientLink, message: string): TuttiError {
  link.endSoon();
  return new TuttiError('conflict', message);
}
