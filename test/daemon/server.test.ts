import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, type ServerOptions } from '../../source/daemon/server.ts';
import { Waiters } from '../../source/daemon/waiters.ts';
import { encodeFrame, FrameType } from '../../source/protocol/frame.ts';

const HELLO = { protocol: 1, build: 'x', secret: 's', client: 'raw', kind: 'test', capabilities: [] };

async function room(options: Partial<ServerOptions>) {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-server-'));
  const path = join(folder, 'sock');
  const server = await listen({
    path,
    secret: 's',
    welcome: () => ({ protocol: 1, build: 'x', capabilities: [] }),
    startOf: () => {
      throw new Error('there is no session');
    },
    answer: () => null,
    onArrived: () => {},
    onLeft: () => {},
    onLost: () => {},
    ...options,
  });
  const socket = connect(path);
  await once(socket, 'connect');
  onTestFinished(async () => {
    socket.destroy();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return { socket };
}

function ask(socket: Socket, id: number, method: string, params: unknown): void {
  socket.write(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params }))));
}

test('who connects and says nothing is sent away, who says hello stays', async () => {
  const { socket: mute } = await room({ helloMs: 50 });
  await once(mute.resume(), 'close');
  const left: string[] = [];
  const { socket } = await room({ helloMs: 50, onLeft: () => left.push('left') });
  ask(socket, 1, 'client/hello', HELLO);
  await once(socket, 'data');
  // One who came after it is sent away before it would have been.
  const { socket: later } = await room({ helloMs: 50 });
  await once(later.resume(), 'close');
  expect(left).toEqual([]);
});

test('a client that asks and asks and reads no answer is sent away before it fills the memory', async () => {
  const answer = 'x'.repeat(900_000);
  let asked = 0;
  const gone = Promise.withResolvers<void>();
  const { socket } = await room({
    answer: () => {
      asked += 1;
      return answer;
    },
    onLeft: () => gone.resolve(),
  });
  socket.on('error', () => {});
  socket.pause();
  ask(socket, 0, 'client/hello', HELLO);
  for (let id = 1; id <= 200; id++) ask(socket, id, 'any', null);
  await gone.promise;
  expect(asked).toBeGreaterThan(60);
});

test('nobody waits for a client that has left', async () => {
  const waiters = new Waiters();
  const left = new AbortController();
  const waited = waiters.until('s1', () => undefined, left.signal);
  const other = waiters.until('s1', () => (left.signal.aborted ? 'it goes on' : undefined));
  expect(waiters.size).toBe(1);
  left.abort();
  await expect(waited).rejects.toThrow('The client has gone.');
  waiters.changed('s1');
  expect(await other).toBe('it goes on');
  expect(waiters.size).toBe(0);
  await expect(waiters.until('s1', () => undefined, left.signal)).rejects.toThrow('The client has gone.');
  expect(waiters.size).toBe(0);
});
