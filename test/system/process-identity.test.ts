import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  isRunning,
  isSameBoot,
  parseLinuxStat,
  parseMacStart,
  parsePids,
  processTable,
} from '../../source/system/process-identity.ts';

test('a living process is told from one that had its pid before, and from a dead one', async () => {
  const table = processTable(process.platform);
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const start = table.startOf(pid) ?? '';
  expect(start).not.toBe('');
  expect(isRunning(table, { pid, start })).toBe(true);
  expect(isRunning(table, { pid, start: `${start}0` })).toBe(false);
  expect(isSameBoot(table, process.pid, start)).toBe(true);
  expect(isSameBoot(table, process.pid, 'another-boot/1')).toBe(false);
  const gone = once(child, 'exit');
  child.stdin.end();
  await gone;
  expect(isRunning(table, { pid, start })).toBe(false);
  expect(isRunning(table, { pid: 0, start })).toBe(false);
});

test('the members of a session are found', async () => {
  const table = processTable(process.platform);
  const script =
    'const c=require("node:child_process").spawn("sleep",["60"]);console.log(c.pid);process.stdin.resume()';
  const leader = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const [said] = (await once(leader.stdout, 'data')) as [Buffer];
  const members = table.sessionOf(leader.pid ?? 0, '');
  if (process.platform === 'linux') expect(members.toSorted()).toEqual([leader.pid, Number(said)].toSorted());
  const gone = once(leader, 'exit');
  process.kill(-(leader.pid ?? 0), 'SIGKILL');
  await gone;
});

test.runIf(process.platform === 'linux')(
  'what a process was called with and what it has open are told, of one that is gone nothing',
  async () => {
    const table = processTable('linux');
    const file = new URL(import.meta.url).pathname;
    const child = spawn('sh', ['-c', 'exec 7<"$1"; echo open; read x', 'a b', file], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    expect(table.argumentsOf(pid)).toEqual(['sh', '-c', 'exec 7<"$1"; echo open; read x', 'a b', file]);
    expect(table.openFiles(pid)).toContain(file);
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
    expect([table.argumentsOf(pid), table.openFiles(pid)]).toEqual([[], []]);
  },
);

test.each([
  ['29356 (node) S 1 29356 29356 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 11 0 222345 9 9', 29356, '222345', false],
  ['7 (a b) c) (x) R 1 7 5 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 11 0 99 9 9', 5, '99', false],
  ['7 (sh) Z 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99 9 9', 7, '99', true],
  ['7 (node) Z 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 11 0 99 9 9', 7, '99', false],
])('/proc/<pid>/stat: %s', (text, session, start, dead) => {
  expect(parseLinuxStat(text)).toEqual({ session, start, dead });
});

test('a stat that is no stat tells nothing', () => {
  expect(parseLinuxStat('')).toBeUndefined();
});

test.each([
  ['Ss   Wed Nov 25 19:05:01 2026\n', 'Wed Nov 25 19:05:01 2026'],
  ['S+   Tue Dec  1 09:05:01 2026    \n', 'Tue Dec 1 09:05:01 2026'],
  ['Z    Wed Nov 25 19:05:01 2026\n', undefined],
  ['', undefined],
])('ps on macOS: %j', (text, start) => {
  expect(parseMacStart(text)).toBe(start);
});

test('on macOS everything is asked of ps and sysctl', () => {
  const asked: string[] = [];
  const table = processTable('darwin', (command, args) => {
    asked.push([command, ...args].join(' '));
    if (command.endsWith('sysctl')) return '0D3F-11\n';
    if (args.includes('args=')) return 'claude --resume c1\n';
    return args.includes('-t') ? '  101\n  102\n' : 'S    Wed Nov 25 19:05:01 2026\n';
  });
  expect(table.startOf(42)).toBe('0D3F-11/Wed Nov 25 19:05:01 2026');
  expect(table.sessionOf(42, '/dev/ttys004')).toEqual([101, 102]);
  expect(table.argumentsOf(42)).toEqual(['claude', '--resume', 'c1']);
  expect(table.openFiles(42)).toEqual([]);
  expect(asked).toEqual([
    '/bin/ps -o state=,lstart= -p 42',
    '/usr/sbin/sysctl -n kern.bootsessionuuid',
    '/bin/ps -o pid= -t ttys004',
    '/bin/ps -o args= -p 42',
  ]);
  expect(parsePids('')).toEqual([]);
});
