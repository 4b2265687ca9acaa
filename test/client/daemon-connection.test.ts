import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { type ConnectOptions, connectDaemon } from '../../source/client/daemon-connection.ts';
import { isNewerBuild } from '../../source/client/newer-build.ts';
import { encodeFrame, FrameReader, FrameType } from '../../source/protocol/frame.ts';
import { TuttiError } from '../../source/protocol/rpc.ts';
import { takeLock } from '../../source/store/lock.ts';
import { daemonDial } from '../../source/system/daemon-dial.ts';
import { ensureRuntime } from '../../source/system/runtime.ts';
import { wasStopped } from '../../source/system/stop-mark.ts';
import { DEMO, type Stage, type StageOptions, startStage } from '../daemon/stage.ts';
import { untilGone } from '../driver/leftovers.ts';

let started: Stage | undefined;
afterEach(async () => {
  await started?.end();
  started = undefined;
});

async function start(options: StageOptions = {}): Promise<Stage> {
  started = await startStage(options);
  return started;
}

/** Another client, of either build. */
function client(on: Stage, build: 'a' | 'b' = 'a', options: Partial<ConnectOptions> = {}) {
  const runtime = ensureRuntime({
    paths: on.paths,
    system: on.system,
    dist: join(inject('testBuilds'), build),
    node: process.execPath,
  });
  return connectDaemon({
    system: on.system,
    paths: on.paths,
    kind: 'test',
    build: runtime.build,
    program: () => ({
      argv: [runtime.node, runtime.daemon],
      env: on.home.env,
      builtAt: build === 'b' ? Number.POSITIVE_INFINITY : undefined,
    }),
    patienceMs: 20_000,
    ...options,
  });
}

const daemonGone = (on: Stage) =>
  untilGone('the daemon has ended', () => on.processes().filter(({ what }) => what === 'daemon'));

test('several clients at once start one daemon', async () => {
  const stage = await start();
  await stage.request('daemon/stop', { by: 'user' });
  stage.connection?.close();
  const clients = await Promise.all(Array.from({ length: 6 }, () => client(stage)));
  const pids = await Promise.all(clients.map(async each => (await each.request('daemon/status', null)).pid));
  expect(new Set(pids).size).toBe(1);
  await untilGone('those that came second have ended', () =>
    stage.processes().filter(({ what, pid }) => what === 'daemon' && pid !== pids[0]),
  );
  for (const each of clients) each.close();
  await stage.connect();
});

test('a client comes back by itself, and its request in flight is done once', async () => {
  const stage = await start();
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:sessionCreated:after:1' });
  const told: string[] = [];
  const asked: Promise<unknown>[] = [];
  stage.connection?.on('reconnecting', () => {
    told.push('reconnecting');
    // Requests that come meanwhile wait for the same connection.
    for (let count = 0; count < 3; count++)
      asked.push(stage.connection?.request('daemon/status', null) ?? Promise.reject(new Error('no connection')));
  });
  stage.connection?.on('connected', () => told.push('connected'));
  const { session } = await stage.create({ title: 'Once' });
  expect(await Promise.all(asked)).toHaveLength(3);
  expect(told).toEqual(['reconnecting', 'connected']);
  await stage.until(session.id, 'is idle', view => view.status === 'idle');
  expect([...stage.views.values()].map(view => view.session.title)).toEqual(['Once']);
});

test('an older daemon is replaced by a newer build, its agents do not notice', async () => {
  const stage = await start();
  const { session } = await stage.idle('Old agent');
  const before = await stage.daemonPid();
  const back = stage.back();
  const newer = await client(stage, 'b');
  await back;
  const after = await newer.request('daemon/status', null);
  expect(after.pid).not.toBe(before);
  expect(after).toMatchObject({ protocol: 2, hosts: 1 });
  const view = await stage.until(session.id, 'is idle', found => found.status === 'idle');
  expect(view.session.host).toEqual(session.host.state === 'running' ? session.host : expect.anything());
  await stage.send(session.id, '[[say Still here]]');
  await stage.until(session.id, 'answers', found => found.line === 'Still here');
  // The older client, that is connected to it now, leaves it in place.
  expect(await stage.daemonPid()).toBe(after.pid);
  const older = await client(stage, 'a');
  expect((await older.request('daemon/status', null)).pid).toBe(after.pid);
  older.close();
  newer.close();
});

test('an upgrade that is broken off between the old daemon and the new one lets hosts wake one', async () => {
  const stage = await start();
  await stage.idle('Old agent');
  stage.connection?.close();
  let starts = 0;
  const broken = client(stage, 'b', {
    program: () => {
      starts += 1;
      if (starts > 1) throw new TuttiError('cancelled', 'interrupted');
      return { argv: ['false'], env: {}, builtAt: Number.POSITIVE_INFINITY };
    },
  });
  await expect(broken).rejects.toThrow('interrupted');
  await daemonGone(stage);
  expect(wasStopped(stage.paths)).toBe(false);
  await stage.connect();
});

test('who ends the daemon is told when it has ended: the lock is free', async () => {
  const stage = await start();
  await stage.connection?.stopDaemon();
  const lock = takeLock(stage.paths.lock);
  expect(lock).toBeDefined();
  lock?.release();
  expect(wasStopped(stage.paths)).toBe(true);
  stage.connection?.close();
  await stage.connect();
});

test('a daemon that is stopped is told of', async () => {
  const stage = await start();
  const pid = await stage.daemonPid();
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(client(stage, 'a', { patienceMs: 0 })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /^The daemon runs, but did not answer within 5 s: it may have been stopped\. Let it go on/,
      ),
    });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

test('a request that each daemon dies of is not asked for ever', async () => {
  const stage = await start();
  await stage.connection?.stopDaemon();
  stage.connection?.close();
  const { node, daemon } = stage.runtime();
  const env = { ...stage.home.env, TUTTI_KILL_AT: 'daemon:sessionCreated:before:1' };
  const doomed = await client(stage, 'a', { program: () => ({ argv: [node, daemon], env, builtAt: undefined }) });
  const asked = doomed.request('session/create', {
    operation: 'doom/1',
    path: stage.repository,
    title: 'Doom',
    agent: DEMO,
    env: stage.home.env,
  });
  await expect(asked).rejects.toThrow(
    `The daemon ended 5 times right after it was asked for session/create, so it is not asked again. Agents go on; why it ended is in ${stage.paths.logs}.`,
  );
  // It brings the next one meanwhile, which would get the lock after the one that this test ends with.
  await doomed.request('daemon/status', null);
  doomed.close();
  await stage.connect();
});

test('without the secret, and before a hello, nothing is answered', async () => {
  const stage = await start();
  expect(statSync(stage.paths.daemonSecret).mode & 0o777).toBe(0o600);
  expect(statSync(stage.paths.data).mode & 0o777).toBe(0o700);
  const hello = { protocol: 1, build: 'x', secret: 'wrong', client: 'x', kind: 'test', capabilities: [] };
  expect(await ask(stage, 'client/hello', hello)).toMatchObject({
    error: { message: expect.stringContaining('wrong secret') },
  });
  expect(await ask(stage, 'daemon/status', null)).toMatchObject({
    error: { message: 'The first word to the daemon has to be client/hello, not daemon/status.' },
  });
  const secret = readFileSync(stage.paths.daemonSecret, 'utf8');
  expect(await ask(stage, 'client/hello', { ...hello, protocol: 0, secret })).toMatchObject({
    error: { message: expect.stringMatching(/speaks protocol 1 to 1, the client x only 0: start the newer tutti/) },
  });
});

test('a daemon that can not start says why', async () => {
  const stage = await start();
  await stage.request('daemon/stop', { by: 'user' });
  stage.connection?.close();
  await untilGone('the daemon has ended', () => stage.processes().filter(({ what }) => what === 'daemon'));
  const ledger = readFileSync(stage.paths.ledger);
  rmSync(stage.paths.ledger);
  for (const end of ['-wal', '-shm']) rmSync(stage.paths.ledger + end, { force: true });
  const future = new (await import('node:sqlite')).DatabaseSync(stage.paths.ledger);
  future.exec('PRAGMA user_version = 999');
  future.close();
  await expect(client(stage)).rejects.toThrow('was written by a newer tutti (schema 999, this one knows 1)');
  writeFileSync(stage.paths.ledger, ledger);
  await stage.connect();
});

test('a daemon with nothing to do ends, and one with a session stays', async () => {
  const stage = await start({ env: { TUTTI_IDLE_MS: '50' } });
  const ends = () => untilGone('the daemon has ended', () => stage.processes().filter(({ what }) => what === 'daemon'));
  stage.connection?.close();
  await ends();
  await stage.connect();
  const { session } = await stage.create({ title: 'Stay', agent: DEMO });
  await stage.until(session.id, 'is idle', view => view.status === 'idle');
  const pid = await stage.daemonPid();
  stage.connection?.close();
  await stage.connect();
  expect(await stage.daemonPid()).toBe(pid);
});

test('a daemon whose last agent has ended ends too', async () => {
  const stage = await start({ env: { TUTTI_IDLE_MS: '50' } });
  const { session } = await stage.idle('Last');
  await stage.send(session.id, '[[sleep @go]] [[exit 0]]');
  await stage.until(session.id, 'works', view => view.status === 'working');
  stage.connection?.close();
  writeFileSync(join(session.worktree, 'go'), '');
  await daemonGone(stage);
  await stage.connect();
  await stage.until(session.id, 'has exited', view => view.status === 'exited');
});

test.each([
  ['the same build', '1.0.0-a', 1, '1.0.0-a', 1, false],
  ['a newer protocol', '1.0.0-a', 2, '1.1.0-b', 1, true],
  ['an older protocol', '1.1.0-a', 1, '1.0.0-b', 2, false],
  ['a newer version', '1.10.0-a', 1, '1.9.0-b', 1, true],
  ['an older version', '1.9.0-a', 1, '1.10.0-b', 1, false],
])('%s', (_, build, protocol, theirs, spoken, newer) => {
  const running = { build: theirs, protocol: spoken, startedAt: 100 };
  expect(isNewerBuild({ build, protocol, builtAt: undefined }, running)).toBe(newer);
});

test('of two builds of one version the one made later replaces', () => {
  const running = { build: '1.0.0-b', protocol: 1, startedAt: 100 };
  expect(isNewerBuild({ build: '1.0.0-a', protocol: 1, builtAt: 101 }, running)).toBe(true);
  expect(isNewerBuild({ build: '1.0.0-a', protocol: 1, builtAt: 99 }, running)).toBe(false);
});

/** One raw request, its answer. */
function ask(on: Stage, method: string, params: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(daemonDial(on.paths, on.system));
    const reader = new FrameReader();
    socket.on('error', reject);
    socket.on('data', chunk => {
      for (const frame of reader.read(chunk)) {
        socket.destroy();
        resolve(JSON.parse(Buffer.from(frame.payload).toString()));
      }
    });
    socket.write(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))));
  });
}

test('a daemon that ends before its first word is told at once', async () => {
  const stage = await start();
  await stage.request('daemon/stop', null);
  stage.connection?.close();
  await untilGone('the daemon has ended', () => stage.processes().filter(({ what }) => what === 'daemon'));
  const connecting = connectDaemon({
    system: stage.system,
    paths: stage.paths,
    kind: 'test',
    build: 'x',
    program: () => ({ argv: ['/bin/sh', '-c', 'exit 3'], env: {}, builtAt: undefined }),
    patienceMs: 0,
  });
  await expect(connecting).rejects.toThrow('The daemon did not start: /bin/sh ended with code 3');
  await stage.connect();
});
