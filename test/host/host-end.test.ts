import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { readBundle } from '../../source/system/bundle.ts';
import { readOutputTail } from '../../source/system/output-segments.ts';
import { hostRoom, record, table, untilFile, untilGone, watchScreen } from './host-room.ts';

const build = `${inject('testBuilds')}/a`;

const startOf = (pid: number) => table.startOf(pid) ?? '';

test.each([
  ['at once', 'printf last'],
  ['after a lot', 'seq 1 30000; printf last'],
  ['with a grandchild that holds the terminal', '(trap "" HUP; sleep 100) & seq 1 30000; printf last'],
])('the last output of a program that ends %s is not lost', async (_how, script) => {
  const room = hostRoom(build);
  const { bundle } = await room.start({ argv: ['sh', '-c', script] });
  const exit = JSON.parse(await untilFile(join(bundle, 'exit.json')));
  expect(exit).toMatchObject({ code: 0 });
  expect(exit.lastLines.at(-1)).toBe('last');
  const log = readOutputTail(bundle, 1 << 24).bytes.toString();
  expect(log.endsWith('last')).toBe(true);
  if (script.includes('seq')) expect(log).toBe(`${[...Array(30_000).keys()].map(n => `${n + 1}\r\n`).join('')}last`);
  const late = await room.connect(bundle);
  expect(late.welcome.status.exit).toEqual(exit);
  const watched = await watchScreen(late);
  expect(watched.text()).toContain('last');
});

test('a program that has closed its terminal is not hung up, and can open it again', async () => {
  const room = hostRoom(build);
  const [closed, open] = [join(room.home, 'closed'), join(room.home, 'open')];
  const script = `exec <&- >&- 2>&-; echo > ${closed}; until [ -e ${open} ]; do sleep 0.05; done; echo back > /dev/tty; exit 7`;
  const { bundle } = await room.start({ argv: ['sh', '-c', script] });
  await untilFile(closed);
  // Its host has answered since, so it has seen what there was of the end of the stream.
  await room.connect(bundle);
  writeFileSync(open, '');
  expect(JSON.parse(await untilFile(join(bundle, 'exit.json')))).toMatchObject({ code: 7, lastLines: ['back'] });
});

test('an end by a signal says which; it is kept over any number of looks and gone when noted', async () => {
  const room = hostRoom(build);
  const { bundle, started } = await room.start({ argv: ['cat'] });
  const connection = await room.connect(bundle);
  await expect(connection.request('exit/acknowledge', null)).rejects.toThrow(
    "The program of agent-1 still runs, so its end can't be noted.",
  );
  const exited = new Promise(resolve => connection.on('exited', resolve));
  await connection.request('process/signal', { signal: 'SIGTERM' });
  expect(await exited).toMatchObject({ signal: 'SIGTERM' });
  expect(await connection.request('process/end', { graceMs: 0 })).toMatchObject({ signal: 'SIGTERM' });
  const { events } = await (await room.connect(bundle)).request('event/watch', null);
  expect(events.at(-1)).toMatchObject({ type: 'exited', exit: { signal: 'SIGTERM' } });
  const { hostStart } = record(bundle);
  await connection.request('exit/acknowledge', null);
  await untilGone(started.hostPid, hostStart);
  expect(existsSync(join(bundle, 'sock'))).toBe(false);
  expect(readBundle(bundle).exit).toMatchObject({ signal: 'SIGTERM' });
});

test('a program that hears nothing is ended with all that it started in its terminal', async () => {
  const room = hostRoom(build);
  const script = `trap '' HUP TERM; set -m; sh -c 'trap "" HUP TERM; echo $$ > ${room.home}/job; while :; do sleep 1; done' & echo up; wait`;
  const { bundle, started } = await room.start({ argv: ['sh', '-c', script] });
  const job = Number(await untilFile(join(room.home, 'job')));
  const jobStart = startOf(job);
  const connection = await room.connect(bundle);
  expect(await connection.request('process/end', { graceMs: 50 })).toMatchObject({ signal: 'SIGKILL' });
  await untilGone(job, jobStart);
  expect(table.sessionOf(started.programPid, '')).toEqual([]);
});

test('a program that obeys has its own way to end', async () => {
  const room = hostRoom(build);
  const { bundle } = await room.start({
    argv: ['sh', '-c', 'trap "echo bye; exit 4" HUP; echo up; while :; do sleep 0.1; done'],
  });
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('it is up', text => text.includes('up'));
  expect(await connection.request('process/end', { graceMs: 5000 })).toMatchObject({
    code: 4,
    lastLines: expect.arrayContaining(['up', 'bye']),
  });
});

test('a program that is stopped hears its end all the same, and has its own way to it', async () => {
  const room = hostRoom(build);
  const { bundle } = await room.start({
    argv: ['sh', '-c', 'trap "echo bye; exit 4" HUP; echo up; kill -STOP $$; while :; do sleep 0.1; done'],
  });
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('it is up', text => text.includes('up'));
  expect(await connection.request('process/end', { graceMs: 5000 })).toMatchObject({ code: 4 });
});

test('a host that is told to end stays with its program, and goes when that ends', async () => {
  const room = hostRoom(build);
  const { bundle, started } = await room.start({ argv: ['cat'] });
  const { hostStart } = record(bundle);
  process.kill(started.hostPid, 'SIGTERM');
  process.kill(started.hostPid, 'SIGINT');
  process.kill(started.hostPid, 'SIGHUP');
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  connection.input(Buffer.from('still here\r\x04'), InputSource.keys);
  await watched.until('it works', text => text.includes('still here'));
  await untilGone(started.hostPid, hostStart);
  expect(readBundle(bundle).exit).toMatchObject({ code: 0, lastLines: ['still here', 'still here'] });
  expect(existsSync(join(bundle, 'sock'))).toBe(false);
});

test('a host whose bundle is gone ends its program and itself', async () => {
  const room = hostRoom(build);
  const { bundle, started } = await room.start({ argv: ['cat'] });
  const { hostStart, programStart } = record(bundle);
  // Its host may write into it meanwhile.
  rmSync(bundle, { recursive: true, maxRetries: 10 });
  await untilGone(started.programPid, programStart);
  await untilGone(started.hostPid, hostStart);
});

test('SIGKILL of the host ends the program and is seen as gone', async () => {
  const room = hostRoom(build);
  const { bundle, started } = await room.start({ argv: ['cat'] });
  const connection = await room.connect(bundle);
  const { hostStart, programStart } = record(bundle);
  const closed = new Promise<Error>(resolve => connection.on('closed', resolve));
  // It can't answer any more.
  process.kill(started.hostPid, 'SIGSTOP');
  const pending = connection.request('process/end', { graceMs: 60_000 });
  pending.catch(() => {});
  process.kill(started.hostPid, 'SIGKILL');
  expect((await closed).message).toBe('The host agent-1 has closed the connection.');
  await expect(pending).rejects.toThrow('The host agent-1 has closed the connection.');
  await untilGone(started.programPid, programStart);
  await untilGone(started.hostPid, hostStart);
  await expect(room.connect(bundle)).rejects.toThrow(`The host of ${bundle} is gone.`);
});

test('with an event and no daemon the host wakes one, and none while one is connected', async () => {
  const room = hostRoom(build);
  const woken = join(room.home, 'woken');
  const script = join(room.home, 'wake.cjs');
  writeFileSync(script, 'require("node:fs").appendFileSync(process.env.WOKEN, process.argv[2] + "\\n")');
  const { bundle } = await room.start({
    // A node that has vanished: the one of the runtime takes its place.
    argv: ['sh', '-c', 'printf "\\033]9;look\\007"; read x; printf "\\033]9;again\\007"; read y'],
    wake: ['/gone/node', script, '--wake'],
    wakeEnv: { WOKEN: woken },
    settleMs: 60_000,
  });
  await untilFile(woken);
  const daemon = await room.connect(bundle, { kind: 'daemon' });
  const notified = new Promise<void>(resolve => {
    daemon.on('event', event => event.type === 'notification' && event.body === 'again' && resolve());
  });
  await daemon.request('event/watch', null);
  daemon.input(Buffer.from('\r'), InputSource.keys);
  await notified;
  expect(readFileSync(woken, 'utf8')).toBe('--wake\n');
});
