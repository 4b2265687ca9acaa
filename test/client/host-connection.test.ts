import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectHost } from '../../source/client/host-connection.ts';
import { startHost } from '../../source/client/start-host.ts';
import { encodeFrame, FrameReader, FrameType } from '../../source/protocol/frame.ts';
import type { HostParams } from '../../source/protocol/host.ts';
import { createBundle, writeHostRecord } from '../../source/system/bundle.ts';
import { hostSocket } from '../../source/system/link-dir.ts';
import { paths } from '../../source/system/paths.ts';
import { realSystem } from '../../source/system/system.ts';

/** A bundle whose host is played by the test. */
function room(protocol = 1) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-client-')));
  const system = { ...realSystem(), env: { TUTTI_HOME: home } };
  const at = paths(system);
  const bundle = createBundle(at, 'aaaaaaaaaa', 'agent-1');
  const record = { protocol, build: '0.0.9-old', session: 'aaaaaaaaaa', name: 'agent-1', hostPid: 1, secret: 's' };
  writeHostRecord(bundle, record as never);
  onTestFinished(() => {
    rmSync(home, { recursive: true, force: true });
    rmSync(at.link, { recursive: true, force: true });
  });
  const connect = (timeoutMs = 2000) =>
    connectHost({ bundle, paths: at, system, client: 'c', kind: 'test', build: 'x', timeoutMs });
  const play = async (onSocket: (socket: Socket) => void) => {
    const server = createServer(socket => {
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => {});
      onSocket(socket);
    });
    server.listen(hostSocket({ link: at.link, bundle, system }));
    await once(server, 'listening');
    onTestFinished(() => void server.close());
  };
  return { home, bundle, connect, play };
}

/** A host that answers whatever it is asked with this. */
function answering(socket: Socket, answer: object): void {
  const reader = new FrameReader();
  socket.on('data', chunk => {
    for (const { payload } of reader.read(chunk)) {
      const { id } = JSON.parse(Buffer.from(payload).toString());
      socket.write(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))));
    }
  });
}

test('a bundle without a host, with one that is gone, and with one that is too old are told apart', async () => {
  const gone = room();
  await expect(gone.connect()).rejects.toMatchObject({
    kind: 'notFound',
    message: `The host of ${gone.bundle} is gone.`,
  });
  rmSync(join(gone.bundle, 'host.json'));
  await expect(gone.connect()).rejects.toMatchObject({
    kind: 'notFound',
    message: `No host was started in ${gone.bundle}.`,
  });
  await expect(room(0).connect()).rejects.toMatchObject({
    kind: 'notSupported',
    message:
      'The host agent-1 of session aaaaaaaaaa is of tutti 0.0.9-old, which is too old for this one; restart its program.',
  });
});

test('a host that does not answer is not waited for longer than the limit', async () => {
  const { connect, play } = room();
  await play(() => {});
  await expect(connect(50)).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'The host agent-1 did not answer within 0.05 s; try again.',
  });
});

test('a host that hangs up, talks nonsense or refuses is told as such', async () => {
  const hangsUp = room();
  await hangsUp.play(socket => void socket.end());
  await expect(hangsUp.connect()).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'The host agent-1 has closed the connection.',
  });
  const nonsense = room();
  await nonsense.play(socket => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(nonsense.connect()).rejects.toMatchObject({
    kind: 'failed',
    message: 'The host agent-1 said something that is no frame.',
  });
  const refuses = room();
  await refuses.play(socket =>
    answering(socket, { error: { code: -32003, message: 'Not you.', data: { kind: 'conflict' } } }),
  );
  await expect(refuses.connect()).rejects.toMatchObject({ kind: 'conflict', message: 'Not you.' });
});

test('what a newer host says beyond this build is left alone', async () => {
  const { connect, play } = room();
  await play(socket => {
    answering(socket, { result: { protocol: 9, build: 'next', capabilities: [], status: { moon: 'full' } } });
    const unknown = encodeFrame(FrameType.rpc, Buffer.from('?'));
    unknown.writeUInt8(99, 4);
    socket.write(unknown);
    const notification = JSON.stringify({ jsonrpc: '2.0', method: 'moon/risen', params: {} });
    socket.write(encodeFrame(FrameType.rpc, Buffer.from(notification)));
  });
  const connection = await connect();
  expect(connection.welcome.build).toBe('next');
  const closed = new Promise<Error>(resolve => connection.on('closed', resolve));
  connection.close();
  expect((await closed).message).toBe('The connection to the host agent-1 was closed.');
  await expect(connection.request('screen/unwatch', null)).rejects.toThrow('was closed');
});

test('what a host says in one breath with its welcome is told to who listens after it', async () => {
  const { connect, play } = room();
  const exit = { signal: 'SIGKILL', at: 1, lastLines: [] };
  await play(socket => {
    const reader = new FrameReader();
    const rpc = (message: object) =>
      encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message })));
    socket.on('data', chunk => {
      const [hello] = reader.read(chunk);
      if (!hello) return;
      const { id } = JSON.parse(Buffer.from(hello.payload).toString());
      const result = { protocol: 1, build: 'x', capabilities: [], status: {} };
      socket.end(Buffer.concat([rpc({ id, result }), rpc({ method: 'program/exited', params: exit })]));
    });
  });
  const connection = await connect();
  const told: unknown[] = [];
  connection.on('exited', said => told.push(said));
  await new Promise<void>(resolve => connection.on('closed', () => resolve()));
  expect(told).toEqual([exit]);
});

test('a host that cannot be started says why, and where its words are', async () => {
  const { home, bundle } = room();
  const params = { session: 'aaaaaaaaaa', name: 'agent-1', bundle } as HostParams;
  const log = join(bundle, 'host.log');
  await expect(startHost(params, { node: '/no/node', script: '/x', env: {} })).rejects.toThrow(
    `The host agent-1 did not start: spawn /no/node ENOENT. What it said is in ${log}.`,
  );
  await expect(startHost(params, { node: process.execPath, script: '/no/script', env: {} })).rejects.toThrow(
    `The host agent-1 did not start: it ended with code 1 before it was ready. What it said is in ${log}.`,
  );
  const odd = join(home, 'odd.cjs');
  writeFileSync(odd, 'console.log("hello")');
  await expect(startHost(params, { node: process.execPath, script: odd, env: {} })).rejects.toThrow(
    'The host agent-1 did not start: it did not say how it stands.',
  );
  const silent = join(home, 'silent.cjs');
  mkdirSync(home, { recursive: true });
  // Ends by itself when its starter lets go, so that nothing stays.
  writeFileSync(
    silent,
    'process.stdin.resume().on("end", () => {}); process.stdout.on("error", () => process.exit()); setInterval(() => process.stdout.write(" "), 20);',
  );
  await expect(startHost(params, { node: process.execPath, script: silent, env: {}, timeoutMs: 300 })).rejects.toThrow(
    /^The host agent-1 did not start: said nothing for 0.3 s\./,
  );
});
