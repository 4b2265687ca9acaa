import { expect, test } from 'vitest';
import { inOrder } from '../../source/client/in-order.ts';
import { Peer } from '../../source/protocol/peer.ts';

const bytes = (message: object) => Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));

test('an answer is taken before what was said after it, and after what was said before', async () => {
  const heard: unknown[] = [];
  const peer = new Peer({ send: () => {}, onNotification: (_, params) => heard.push(params) });
  const inbox = inOrder(peer, () => heard.push('failed'));
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
    inbox.take(bytes(message));
  await Promise.all(answers);
  inbox.flush();
  expect(heard).toEqual(['before', 'first', 'between', 'second', 'after']);
});
