import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A port of the loopback interface that nobody listens on now. Another program may take it before it is used: a start looks for that. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
