import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { answerServer, readServer } from '../../source/host/ask-server.ts';
import type { ProgramServer } from '../../source/protocol/program-server.ts';
import { hostRoom } from './host-room.ts';

const GIVEN = { operation: 'o1', path: '/permission/per_1/reply', body: { reply: 'once' }, taken: 'true' } as const;
const now = () => 7;

async function serverOf(answers: RequestListener): Promise<ProgramServer> {
  const server = createServer((request, response) => {
    const known = request.headers.authorization === `Basic ${Buffer.from('me:secret').toString('base64')}`;
    if (known) answers(request, response);
    else response.writeHead(401).end();
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, user: 'me', password: 'secret', health: '/', events: '/', wanted: [] };
}

test('what lies at its paths is read, in their order', async () => {
  const server = await serverOf((request, response) => response.end(JSON.stringify([request.url, request.method])));
  expect(await readServer(server, { paths: ['/a', '/b'], timeoutMs: 5000 })).toEqual([
    ['/a', 'GET'],
    ['/b', 'GET'],
  ]);
});

test.each<readonly [string, RequestListener, string]>([
  ['an error', (_, response) => response.writeHead(500).end('[]'), 'it answers 500'],
  ['no JSON', (_, response) => response.end('<html>'), 'is not valid JSON'],
  ['too much', (_, response) => response.end(`["${'x'.repeat(600_000)}"]`), 'it says more than can be shown'],
  ['silence', () => {}, 'it did not answer in time'],
  ['a break', request => request.socket.destroy(), 'socket hang up'],
])('%s is not read as if nothing were asked', async (_, answers, why) => {
  const server = await serverOf(answers);
  const read = readServer(server, { paths: ['/a'], timeoutMs: 300 });
  await expect(read).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(why) });
});

test('an answer is taken where the server says so in its words', async () => {
  const asked: unknown[] = [];
  const server = await serverOf((request, response) => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => {
      asked.push([request.method, request.url, request.headers['content-type'], body]);
      response.end('true\n');
    });
  });
  const result = await answerServer(server, { ...GIVEN, timeoutMs: 5000 }, now);
  expect(result).toEqual({ outcome: 'submitted', at: 7 });
  expect(asked).toEqual([['POST', GIVEN.path, 'application/json', '{"reply":"once"}']]);
});

test('one that is for nothing any more is not taken', async () => {
  const server = await serverOf((_, response) => response.writeHead(404).end('{"_tag":"PermissionNotFoundError"}'));
  expect(await answerServer(server, { ...GIVEN, timeoutMs: 5000 }, now)).toMatchObject({ outcome: 'notReady' });
});

test.each<readonly [string, RequestListener, string, string]>([
  [
    'refused',
    (_, response) => response.writeHead(400).end('{"name":"BadRequest"}'),
    'failed',
    '400 {"name":"BadRequest"}',
  ],
  // A path that opencode does not know: it says 200, with its web page.
  ['another word', (_, response) => response.end('<!doctype html>'), 'failed', '200 <!doctype html>'],
  ['silence', () => {}, 'unavailable', 'it did not answer in time'],
  ['a break', request => request.socket.destroy(), 'unavailable', 'socket hang up'],
])('%s is never taken for an answer that was given', async (_, answers, kind, words) => {
  const server = await serverOf(answers);
  const answered = answerServer(server, { ...GIVEN, timeoutMs: 300 }, now);
  await expect(answered).rejects.toMatchObject({ kind, message: expect.stringContaining(words) });
});

test('a host gives an answer once, tells who asks for it meanwhile, and knows of none without a server', async () => {
  const held: (() => void)[] = [];
  let heard = () => {};
  const arrived = new Promise<void>(resolve => (heard = resolve));
  const server = await serverOf((request, response) => {
    // Its host listens to what it tells, too.
    if (request.method === 'GET') return void response.writeHead(500).end();
    held.push(() => response.end('true'));
    heard();
  });
  const room = hostRoom(join(inject('testBuilds'), 'a'));
  const cat = { argv: ['/bin/cat'] as const };
  const connection = await room.connect((await room.start({ ...cat, server })).bundle);
  const answer = { ...GIVEN, timeoutMs: 20_000 };
  const given = connection.request('server/answer', answer);
  await arrived;
  const again = connection.request('server/answer', answer);
  const found = connection.request('operation/find', { operation: 'o1' });
  await connection.request('event/watch', null);
  for (const release of held) release();
  const result = await given;
  expect(result.outcome).toBe('submitted');
  expect([await again, await found]).toEqual([result, { result }]);
  expect(held.length).toBe(1);

  const plain = await room.connect((await room.start(cat)).bundle);
  await expect(plain.request('server/read', { paths: ['/a'], timeoutMs: 300 })).rejects.toMatchObject({
    kind: 'notSupported',
  });
});
