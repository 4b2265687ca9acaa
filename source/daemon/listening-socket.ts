import { existsSync, realpathSync, renameSync, rmSync, watch } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';

export interface ListeningSocket {
  readonly close: () => void;
}

/**
 * Bound beside its place and renamed into it, so that whoever sees it there can dial it, and a dead daemon's socket is replaced in
 * the same moment. One that somebody takes away is put back: nobody could reach us without it, and while we have the lock nobody
 * else could start. Throws TuttiError `failed` where it can't be bound.
 */
export async function listenAt(options: {
  readonly path: string;
  readonly onSocket: (socket: Socket) => void;
  /** It was taken away and can't be put back. */
  readonly onLost: (cause: unknown) => void;
}): Promise<ListeningSocket> {
  const { path, onSocket, onLost } = options;
  let server = await bind(path, onSocket);
  const watcher = watch(realpathSync(dirname(path)), (_event, name) => {
    if (name !== basename(path) || existsSync(path)) return;
    server.close();
    bind(path, onSocket).then(again => {
      server = again;
    }, onLost);
  });
  watcher.on('error', () => watcher.close());
  return {
    close: () => {
      watcher.close();
      rmSync(path, { force: true });
      server.close();
    },
  };
}

async function bind(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket);
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  await started(server, fresh);
  renameSync(fresh, path);
  return server;
}

function started(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', cause =>
      reject(new TuttiError('failed', `The daemon can't listen on ${path}: ${cause.message}.`, { cause })),
    );
    server.listen(path, resolve);
  });
}
