import { createServer, get, globalAgent, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { HostEventBody } from '../../source/host/event-ring.ts';
import { ServerEvents } from '../../source/host/server-events.ts';

/** A program's server: it answers nothing at first, wants a password, and sends what it is told to. */
async function serverOf(
  options: {
    readonly deafFor?: number;
    /** So long its word that it is up takes, milliseconds. */
    readonly lateMs?: number;
    readonly password?: string;
    readonly now?: () => number;
    /** It says that it is up, and nothing more. */
    readonly healthStaysOpen?: boolean;
    /** What it says to who asks what is true now. */
    readonly present?: () => { readonly status: number; readonly text: string };
  } = {},
) {
  let deaf = options.deafFor ?? 0;
  const streams: ServerResponse[] = [];
  const health: ServerResponse[] = [];
  const asked: string[] = [];
  const looks: (() => void)[] = [];
  const changed = () => {
    for (const look of looks.splice(0)) look();
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (deaf > 0) {
      deaf -= 1;
      return;
    }
    if (request.headers.authorization !== `Basic ${Buffer.from('me:secret').toString('base64')}`) {
      response.writeHead(401).end();
      return;
    }
    response.on('close', changed);
    if (request.url === '/now') {
      const { status, text } = options.present?.() ?? { status: 404, text: '' };
      response.writeHead(status).end(text);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (request.url === '/health') {
      health.push(response);
      if (options.healthStaysOpen) response.flushHeaders();
      else setTimeout(() => response.end('{}'), options.lateMs ?? 0);
    } else {
      response.flushHeaders();
      streams.push(response);
      changed();
    }
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said: string[] = [];
  const events: HostEventBody[] = [];
  const followed = new ServerEvents({
    server: {
      url,
      user: 'me',
      password: options.password ?? 'secret',
      health: '/health',
      events: '/events',
      wanted: ['status', 'asked'],
      ...(options.present ? { present: { sessions: '/now' } } : {}),
    },
    events: {
      add: body => {
        events.push(body);
        changed();
      },
    },
    now: options.now ?? (() => 7),
    say: line => {
      said.push(line);
      changed();
    },
  });
  onTestFinished(() => {
    followed.stop();
    server.closeAllConnections();
    server.close();
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>(resolve => looks.push(resolve));
  };
  return {
    url,
    followed,
    health,
    asked,
    said,
    streams,
    until,
    send: (data: object) => streams.at(-1)?.write(`data: ${JSON.stringify(data)}\n\n`),
    told: () => events.flatMap(event => (event.type === 'hook' ? [[event.report.name, event.report.data]] : [])),
  };
}

test('what a program tells on its own server is kept as its reports, as far as it is wanted, and once', async () => {
  const { send, streams, until, told } = await serverOf();
  await until(() => streams.length === 1);
  send({ payload: { type: 'status', properties: { is: 'busy' } } });
  send({ payload: { type: 'status', properties: { is: 'busy' } } });
  send({ type: 'noise', properties: { is: 'loud' } });
  streams[0]?.write('data: no JSON\n\n:comment\n\ndata: {"type":"as');
  streams[0]?.write('ked","properties":{"id":1}}\n\n');
  send({ type: 'status', properties: { is: 'idle' } });
  await until(() => told().length === 3);
  expect(told()).toEqual([
    ['status', { is: 'busy' }],
    ['asked', { id: 1 }],
    ['status', { is: 'idle' }],
  ]);
});

test('a request that is never answered while the port opens is asked again', async () => {
  const { asked, streams, until } = await serverOf({ deafFor: 2 });
  await until(() => streams.length === 1);
  expect(asked).toEqual(['/health', '/health', '/health', '/events']);
});

test('one that answers late on a busy machine is waited for longer each time', async () => {
  const { streams, until } = await serverOf({ lateMs: 500 });
  await until(() => streams.length === 1);
});

test('a stream that breaks off is followed again', async () => {
  const { send, streams, until, told } = await serverOf();
  await until(() => streams.length === 1);
  streams[0]?.destroy();
  await until(() => streams.length === 2);
  send({ type: 'asked', properties: { id: 2 } });
  await until(() => told().length === 1);
});

test('a stream that is silent for long is not broken off for that: what is told in between would be lost', async () => {
  // Five seconds by themselves, while a program may say nothing for ten.
  const shared = globalAgent as unknown as { options: { timeout?: number } };
  const { options } = shared;
  shared.options = { ...options, timeout: 20 };
  onTestFinished(() => {
    shared.options = options;
  });
  const { asked, streams, until, told, url } = await serverOf();
  await until(() => streams.length === 1);
  // One that began later and is as silent: when that has been silent for too long, so has been the first.
  const other = get(`${url}/events`, { auth: 'me:secret' });
  other.on('error', () => {});
  await new Promise(resolve => other.on('timeout', resolve));
  other.destroy();
  streams[0]?.write('data: {"type":"asked","properties":{"id":3}}\n\n');
  await until(() => told().length === 1 || streams.length > 2);
  expect([told().length, asked]).toEqual([1, ['/health', '/events', '/events']]);
});

test('that it is up is enough: an answer that does not end ends no stream, and is not left open', async () => {
  const { asked, followed, health, send, streams, until, told } = await serverOf({ healthStaysOpen: true });
  await until(() => streams.length === 1 && health[0]?.closed === true);
  send({ type: 'asked', properties: { id: 3 } });
  await until(() => told().length === 1);
  expect(asked).toEqual(['/health', '/events']);
  expect(streams[0]?.closed).toBe(false);
  followed.stop();
  await until(() => streams[0]?.closed === true);
});

test('what happened while its stream was broken is asked for when it is back', async () => {
  let text = '';
  const { asked, send, streams, until, told } = await serverOf({ present: () => ({ status: 200, text }) });
  await until(() => streams.length === 1);
  expect(asked).toEqual(['/health', '/events']);
  send({ type: 'status', properties: { is: 'busy' } });
  await until(() => told().length === 1);
  text = '{"ses_1":{"type":"idle"}}';
  streams[0]?.destroy();
  await until(() => told().length === 3);
  send({ type: 'status', properties: { is: 'busy' } });
  await until(() => told().length === 4);
  expect(told()).toEqual([
    ['status', { is: 'busy' }],
    ['server.lost', {}],
    ['server.found', { sessions: { ses_1: { type: 'idle' } } }],
    ['status', { is: 'busy' }],
  ]);
});

test.each([
  { status: 200, text: 'no JSON' },
  { status: 500, text: '{}' },
])('what can’t be read after a break stays unknown, and is asked for again: $status $text', async wrong => {
  let present = wrong;
  const { asked, send, streams, until, told } = await serverOf({ present: () => present });
  await until(() => streams.length === 1);
  streams[0]?.destroy();
  await until(() => asked.includes('/now') && streams.length === 2);
  send({ type: 'asked', properties: { id: 4 } });
  await until(() => told().length === 2);
  present = { status: 200, text: '{}' };
  await until(() => told().length === 3);
  expect(told()).toEqual([
    ['server.lost', {}],
    ['asked', { id: 4 }],
    ['server.found', { sessions: {} }],
  ]);
});

test('a port that has become somebody else’s is not asked for ever, and that is said', async () => {
  let clock = 0;
  const { asked, said, until } = await serverOf({ password: 'not this one', now: () => (clock += 20_000) });
  await until(() => said.length === 1);
  expect(said).toEqual(['what it reports on its own server is not heard: it answers 401']);
  expect(asked.length).toBeLessThan(5);
});
