import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { startHost } from '../../source/client/start-host.ts';
import type { HostParams } from '../../source/protocol/host.ts';
import { readBundle } from '../../source/system/bundle.ts';
import { isRunning } from '../../source/system/process-identity.ts';
import { processesOf } from '../driver/processes.ts';
import { type HostRoom, hostRoom, table, untilGone, watchScreen } from './host-room.ts';

const build = `${inject('testBuilds')}/a`;
const sources = fileURLToPath(new URL('../../source', import.meta.url));

const options = (room: HostRoom, env = {}) => ({ node: room.runtime.node, script: room.runtime.host, env });

test('the program gets its environment, its directory and three descriptors, and nothing of ours', async () => {
  const room = hostRoom(build);
  const list = 'env | sort; pwd; ls /proc/self/fd | wc -l; tty; echo end';
  const { bundle } = await room.start(
    { argv: ['sh', '-c', `${list}; read x`], env: { PATH: process.env.PATH ?? '', ONLY: 'this' } },
    { env: { SECRET_OF_THE_DAEMON: 'x', TUTTI_HOME: '/nowhere' } },
  );
  const watched = await watchScreen(await room.connect(bundle));
  await watched.until('it has said all', text => text.includes('\nend'));
  const lines = watched
    .text()
    .replace(/PATH=.*\n(?![A-Z])/g, '')
    .split('\n');
  expect(watched.text()).not.toMatch(/SECRET|TUTTI|UV_|NODE/);
  expect(lines).toContain('ONLY=this');
  expect(lines).toContain(`PWD=${room.home}`);
  // 0, 1, 2 and the directory that `ls` itself has open.
  if (process.platform === 'linux') expect(lines).toContain('4');
  expect(watched.text()).toMatch(/\/dev\/(pts\/|tty)/);
});

test.runIf(process.platform === 'linux')('what a starter had open is held by neither host nor program', async () => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['sh', '-c', 'ls -l /proc/self/fd; echo end; read x'] });
  // A number so high that node leaves it alone.
  const high = 40;
  const stdio: StdioOptions = ['pipe', 'pipe', 'inherit', ...Array(high - 3).fill('ignore'), 'pipe'];
  const host = spawn(room.runtime.node, [room.runtime.host], { detached: true, stdio });
  const pipe = Array.from(host.stdio as Iterable<unknown>)[high] as Readable;
  const ended = once(pipe.resume(), 'end');
  host.stdin?.end(`${JSON.stringify(params)}\n`);
  await once(host.stdout as Readable, 'data');
  await ended;
  const watched = await watchScreen(await room.connect(params.bundle));
  await watched.until('it has said all', text => text.includes('\nend'));
  expect(watched.text()).not.toMatch(/socket:|pipe:/);
});

test('a program that cannot be started is told as such, and no host stays', async () => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['no-such-agent', '--now'] });
  expect(await startHost(params, options(room))).toEqual({
    ok: false,
    reason: 'spawn',
    message: "no-such-agent can't be started, because it is not on the PATH; install it or add its folder.",
  });
  const { claim, record } = readBundle(params.bundle);
  expect(record).toBeUndefined();
  await untilGone(claim?.pid ?? 0, claim?.start ?? '');
  expect(existsSync(join(params.bundle, 'sock'))).toBe(false);
});

test('a host that can not write its record ends the program that it has started, and says why', async () => {
  const room = hostRoom(build);
  const says = join(room.home, 'pid');
  const params = room.params({
    argv: ['sh', '-c', `trap '' HUP; echo $$ > ${says}; while :; do sleep 0.1; done`],
  });
  // A folder in the place of the file: the program runs by the time that it is found.
  mkdirSync(join(params.bundle, 'host.json'));
  const started = await startHost(params, options(room));
  expect(started).toMatchObject({
    ok: false,
    reason: 'spawn',
    message: expect.stringMatching(/^The host agent-1 could not write its record, so its program was ended: EISDIR/),
  });
  // The host itself ends after its word.
  const { claim } = readBundle(params.bundle);
  await untilGone(claim?.pid ?? 0, claim?.start ?? '');
  expect(processesOf(room.home).map(({ command }) => command)).toEqual([]);
  expect(existsSync(join(params.bundle, 'sock'))).toBe(false);
});

test('parameters that are none are told as bad', async () => {
  const room = hostRoom(build);
  const params = { ...room.params({ argv: ['cat'] }), rows: 0 };
  expect(await startHost(params, options(room))).toMatchObject({ ok: false, reason: 'bad' });
  expect(readdirSync(params.bundle)).toEqual(['host.log']);
});

test('a bundle has one host: of two that are started at once one is told that it is claimed', async () => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['sh', '-c', 'echo one of us; exec cat'] });
  const answers = await Promise.all([startHost(params, options(room)), startHost(params, options(room))]);
  expect(answers.map(answer => (answer.ok ? 'started' : answer.reason)).toSorted()).toEqual(['claimed', 'started']);
  const late = await startHost(params, options(room));
  expect(late).toMatchObject({ ok: false, reason: 'claimed' });
  const watched = await watchScreen(await room.connect(params.bundle));
  await watched.until('the one works', text => text.includes('one of us'));
});

test('a line of parameters that is cut starts nothing and leaves nothing', async () => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['touch', join(room.home, 'started')] });
  const line = `${JSON.stringify(params)}\n`;
  for (const length of [0, 1, line.length / 2, line.length - 1]) {
    const host = spawn(room.runtime.node, [room.runtime.host], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    host.stdout.on('data', chunk => {
      said += chunk;
    });
    host.stderr.on('data', chunk => {
      said += chunk;
    });
    host.stdin.end(line.slice(0, length));
    expect(await once(host, 'close')).toEqual([0, null]);
    expect(said).toBe('');
  }
  expect(readdirSync(params.bundle)).toEqual([]);
  expect(existsSync(join(room.home, 'started'))).toBe(false);
});

/** A process of its own that starts a host, as the daemon does. */
function starter(room: HostRoom, params: HostParams) {
  const script = join(room.home, `starter-${params.name}.ts`);
  writeFileSync(
    script,
    `import { startHost } from ${JSON.stringify(`${sources}/client/start-host.ts`)};
     const started = await startHost(${JSON.stringify(params)}, ${JSON.stringify(options(room))});
     console.log(JSON.stringify(started));
     setInterval(() => {}, 1 << 30);`,
  );
  return spawn(process.execPath, ['--no-warnings', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
}

test('SIGKILL of the starter at any moment leaves a whole host or none', async () => {
  const room = hostRoom(build);
  const outcomes = new Set<string>();
  // The last one when it has said that the host is there, so that both outcomes are among them on any machine.
  for (const delay of [0, 20, 40, 50, 60, 70, 80, 100, 130, 'started'] as const) {
    const params = room.params({ argv: ['cat'] });
    const process_ = starter(room, params);
    await once(process_, 'spawn');
    // The moment is what this test is about: it is no wait for anything.
    if (delay === 'started') await once(process_.stdout, 'data');
    else await new Promise(resolve => setTimeout(resolve, delay));
    const gone = once(process_, 'exit');
    process.kill(-(process_.pid ?? 0), 'SIGKILL');
    await gone;
    outcomes.add(await settled(room, params));
  }
  expect([...outcomes].sort()).toEqual(['none', 'whole']);
});

/** Waits until a bundle has a record, or no process that could still write one is there. */
async function settled(room: HostRoom, { session, name, bundle }: HostParams): Promise<string> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { claim, record } = readBundle(bundle);
    if (record) {
      const host = { pid: record.hostPid, start: record.hostStart };
      const program = { pid: record.programPid, start: record.programStart };
      await (await room.connect(bundle)).request('screen/read', { scrollback: 0 });
      return isRunning(table, host) && isRunning(table, program) ? 'whole' : 'broken';
    }
    const alive = processesOf(room.home).some(({ command }) => command.includes(`${session}/${name}`));
    if (!alive && !readBundle(bundle).record) return claim ? 'half' : 'none';
    if (Date.now() > deadline) return 'stuck';
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

test('signals to the group of the starter do not reach host and program', async () => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['cat'] });
  const process_ = starter(room, params);
  await once(process_.stdout, 'data');
  const connection = await room.connect(params.bundle);
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(-(process_.pid ?? 0), signal);
    } catch {
      // It died of an earlier one.
    }
    await connection.request('screen/read', { scrollback: 0 });
  }
  const { hostPid, programPid, exit } = (await room.connect(params.bundle)).welcome.status;
  expect([table.startOf(hostPid), table.startOf(programPid)]).not.toContain(undefined);
  expect(exit).toBeUndefined();
});

test.each([
  ['host:claimed', false],
  ['host:spawned', true],
  ['host:recorded', true],
])('a host that dies at %s leaves what tells so, and no program', async (point, hadProgram) => {
  const room = hostRoom(build);
  const params = room.params({ argv: ['sh', '-c', `echo $$ > ${join(room.home, 'pid')}; exec cat`] });
  await expect(startHost(params, options(room, { TUTTI_KILL_AT: `${point}:1` }))).rejects.toThrow(
    /The host agent-1 did not start: it ended with SIGKILL before it was ready/,
  );
  const { claim, record } = readBundle(params.bundle);
  expect(claim).toBeDefined();
  expect(record !== undefined).toBe(point === 'host:recorded');
  expect(isRunning(table, { pid: claim?.pid ?? 0, start: claim?.start ?? '' })).toBe(false);
  const strays = () => processesOf(room.home).filter(({ command }) => command !== '');
  const deadline = Date.now() + 10_000;
  while (strays().length > 0 && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 10));
  expect(strays()).toEqual([]);
  // Only now: a program that is forked and not replaced yet has the host's socket, too.
  await expect(room.connect(params.bundle)).rejects.toThrow(hadProgram && record ? /is gone/ : /No host was started/);
});
