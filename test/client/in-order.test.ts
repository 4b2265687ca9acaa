import { expect, test } from 'vitest';
import { inOrder } from '../../source/client/in-order.ts';
import { FrameType } from '../../source/protocol/frame.ts';
import { Peer } from '../../source/protocol/peer.ts';

const frame = (message: object) => ({
  type: FrameType.rpc,
  payload: Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message })),
});

test('an answer is taken before what was said after it, and after what was said before', async () => {
  const heard: unknown[] = [];
  const peer = new Peer({ send: () => {}, onNotification: (_, params) => heard.push(params) });
  const inbox = inOrder(
    ({ payload }) => peer.receive(payload),
    () => heard.push('failed'),
  );
  // As a client waits: an answer goes through several hands.
  const ask = async () => peer.request('fleet/watch');
  const answers = [1, 2].map(async () => heard.push(await ask()));
  for (const message of [
    { method: 'told', params: 'before' },
    { id: 1, result: 'first' },
    { method: 'told', params: 'between' },
    { id: 2, result: 'second' },
    { method: 'told', params: 'after' },
  ])
    inbox.take(frame(message));
  await Promise.all(answers);
  inbox.flush();
  expect(heard).toEqual(['before', 'first', 'between', 'second', 'after']);
});

test('what waits for its turn is kept, also when the bytes that it came in are used again', async () => {
  const heard: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const inbox = inOrder(
    ({ type, payload }) => {
      heard.push(`${type}: ${Buffer.from(payload)}`);
      if (heard.length === 2) resolve();
      return heard.length === 1 ? 'answer' : 'other';
    },
    () => heard.push('failed'),
  );
  inbox.take({ type: FrameType.rpc, payload: Buffer.from('answer') });
  const piece = Buffer.from('output');
  inbox.take({ type: FrameType.bytes, payload: piece });
  piece.fill('x');
  expect(heard).toEqual(['0: answer']);
  await all;
  expect(heard).toEqual(['0: answer', '1: output']);
});
