import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { connectHost } from '../../source/client/host-connection.ts';
import { encodeFrame, FrameType } from '../../source/protocol/frame.ts';
import { daemonDial } from '../../source/system/daemon-dial.ts';
import { hostSocket } from '../../source/system/link-dir.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { type Stage, startStage } from '../daemon/stage.ts';
import { tailLogs } from '../driver/world.ts';
import { SEED } from './seed.ts';

let stage: Stage;
afterEach(() => stage.end());

/** A number that the seed decides, as fast-check wants it. */
const NUMBER = [...SEED].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

/** So many connections, each of which says a few things that nobody should say. */
const CONNECTIONS = 400;

const DAEMON_METHODS = [
  ...['client/offer', 'daemon/status', 'fleet/list', 'fleet/watch', 'agent/list', 'repository/describe'],
  ...['session/create', 'session/show', 'session/rename', 'session/kill', 'session/pause', 'session/resume'],
  ...['session/restart', 'session/undo', 'session/why', 'session/diff', 'session/see', 'session/wait', 'prompt/send'],
  ...['prompt/withdraw', 'run/start', 'run/giveBack', 'run/takeOver', 'run/sendBack', 'branch/push', 'branch/merge'],
  ...['shell/open', 'moon/phase', '__proto__', 'toString', ''],
];

/** Without those that rightly end or type something whatever their parameters are. */
const HOST_METHODS = [
  ...['client/leave', 'screen/watch', 'screen/unwatch', 'screen/read', 'screen/test', 'event/watch', 'operation/find'],
  ...['pty/resize', 'terminal/describe', 'moon/phase', 'constructor', ''],
];

const anyParams = fc.oneof(
  fc.jsonValue(),
  fc.record({
    operation: fc.oneof(fc.string(), fc.jsonValue()),
    session: fc.oneof(fc.string(), fc.constant('../../etc'), fc.jsonValue()),
    text: fc.jsonValue(),
    path: fc.oneof(fc.string(), fc.jsonValue()),
    columns: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
    rows: fc.oneof(fc.integer(), fc.jsonValue()),
    scrollback: fc.jsonValue(),
    rule: fc.jsonValue(),
  }),
);

const rpc = (value: unknown) => encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify(value) ?? ''));

function said(methods: readonly string[]) {
  return fc.oneof(
    { weight: 2, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 400 }).map(bytes => Buffer.from(bytes)) },
    // A length that no frame has, and one of which only a part comes.
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff_ffff }).map(lengthOnly) },
    { weight: 1, arbitrary: fc.nat(60).map(length => rpc({ jsonrpc: '2.0', id: 1, method: 'x' }).subarray(0, length)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(0, 2, 3, 4, 255), fc.uint8Array({ maxLength: 200 }))
        .map(([type, bytes]) => frame(type, bytes)),
    },
    { weight: 2, arbitrary: fc.jsonValue().map(rpc) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...methods), anyParams, fc.oneof(fc.nat(), fc.jsonValue()))
        .map(([method, params, id]) => rpc({ jsonrpc: '2.0', id, method, params })),
    },
  );
}

function lengthOnly(length: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(length, 0);
  return bytes;
}

function frame(type: number, bytes: Uint8Array): Buffer {
  const whole = encodeFrame(FrameType.bytes, bytes);
  whole.writeUInt8(type, 4);
  return whole;
}

/** Says all of it on one connection, and goes when the other end has taken it or has hung up. */
async function say(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const socket = connect(path);
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  socket.resume();
  for (const piece of pieces) socket.write(piece);
  socket.end();
  await closed;
}

interface Target {
  readonly path: string;
  readonly secret: string;
  readonly methods: readonly string[];
}

async function storm({ path, secret, methods }: Target): Promise<void> {
  const hello = (given: string) => {
    const params = { protocol: 1, build: 'x', secret: given, client: 'storm', kind: 'test', capabilities: [] };
    return rpc({ jsonrpc: '2.0', id: 0, method: 'client/hello', params });
  };
  const words = fc.tuple(
    fc.constantFrom(hello(secret), hello(secret), hello('wrong'), Buffer.alloc(0)),
    fc.array(said(methods), { minLength: 1, maxLength: 6 }),
  );
  const property = fc.asyncProperty(words, ([first, pieces]) => say(path, [first, ...pieces]));
  await fc.assert(property, { seed: NUMBER, numRuns: CONNECTIONS, endOnFailure: true });
}

/** The same daemon, the same agents, no bug in a log, and a prompt that is answered. */
async function isUnharmed(before: { readonly daemon: number; readonly agents: readonly number[] }): Promise<void> {
  expect(await stage.daemonPid()).toBe(before.daemon);
  expect(agents()).toEqual(before.agents);
  expect([...stage.views.values()].map(({ session, status }) => [session.title, status])).toEqual([
    ['One', 'idle'],
    ['Two', 'idle'],
  ]);
  expect(tailLogs(stage.home, 5_000)).not.toMatch(/\bbugs?\b/);
  await stage.send('One', '[[say unharmed]]');
  await stage.eventually('One has said it', () =>
    [...stage.views.values()].find(({ session, line }) => session.title === 'One' && line === 'unharmed'),
  );
}

const agents = () =>
  stage
    .processes()
    .filter(({ what }) => what === 'agent')
    .map(({ pid }) => pid)
    .sort();

async function start() {
  stage = await startStage();
  const one = await stage.idle('One');
  await stage.idle('Two');
  return { one: one.session, before: { daemon: await stage.daemonPid(), agents: agents() } };
}

test(`seed ${SEED}: whatever is said to the daemon's socket, nobody is harmed`, async () => {
  const { before } = await start();
  await storm({
    path: daemonDial(stage.paths, stage.system),
    secret: readFileSync(stage.paths.daemonSecret, 'utf8'),
    methods: DAEMON_METHODS,
  });
  await isUnharmed(before);
});

test(`seed ${SEED}: whatever is said to a host's socket, nobody is harmed`, async () => {
  const { one, before } = await start();
  const bundle = hostBundle(stage.paths, one.id, 'agent-1');
  const { secret } = JSON.parse(readFileSync(`${bundle}/host.json`, 'utf8')) as { readonly secret: string };
  // With the right secret too, but nothing that is rightly typed: that is for the agent.
  await storm({
    path: hostSocket({ link: stage.paths.link, bundle, system: stage.system }),
    secret,
    methods: HOST_METHODS,
  });
  // A size that it was rightly given.
  const link = await connectHost({ bundle, ...stage, client: 'after', kind: 'test', build: 'test' });
  await link.request('pty/resize', { columns: 100, rows: 30, why: 'focused' });
  link.close();
  await isUnharmed(before);
});
