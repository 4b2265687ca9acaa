import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { encodeFrame, FrameReader, FrameType } from '../../source/protocol/frame.ts';
import { encodeInput, type InputSource } from '../../source/protocol/input-frame.ts';

/** A client that says whatever it is told, also what no client should. */
export interface RawClient {
  readonly socket: Socket;
  readonly send: (bytes: Buffer) => void;
  readonly request: (method: string, params: unknown) => Promise<{ result?: unknown; error?: { message: string } }>;
  readonly type: (operation: bigint, text: string, source?: InputSource) => void;
  readonly closed: Promise<unknown>;
}

export async function rawClient(path: string): Promise<RawClient> {
  const socket = connect(path);
  onTestFinished(() => void socket.destroy());
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  socket.on('error', () => {});
  const reader = new FrameReader();
  const waiting = new Map<number, (answer: object) => void>();
  socket.on('data', chunk => {
    for (const { type, payload } of reader.read(chunk)) {
      if (type !== FrameType.rpc) continue;
      const message = JSON.parse(Buffer.from(payload).toString());
      waiting.get(message.id)?.(message);
    }
  });
  let next = 1;
  return {
    socket,
    closed,
    send: bytes => void socket.write(bytes),
    request: (method, params) => {
      const id = next++;
      const answer = new Promise<object>(resolve => waiting.set(id, resolve));
      socket.write(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params }))));
      return answer;
    },
    type: (operation, text, source = 0) => {
      const parts = encodeInput({ source, operation, bytes: Buffer.from(text) });
      socket.write(encodeFrame(FrameType.bytes, ...parts));
    },
  };
}
