import { unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { TuttiError } from '../protocol/rpc.ts';

/** More than any fleet of clients; a program that connects in a loop must not use up our descriptors. */
const MOST_CLIENTS = 128;

/** Listens on the bundle's socket. It lies in a directory that only the user can enter; a hello proves the rest. */
export function listen(path: string, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.maxConnections = MOST_CLIENTS;
    server.once('error', (cause: Error) => {
      reject(new TuttiError('failed', `The host's socket ${path} can't be made: ${cause.message}.`, { cause }));
    });
    server.listen(path, () => resolve(server));
  });
}

/** Takes the socket away by its real path: the short one may have been swept from /tmp. */
export function removeSocket(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already.
  }
}
