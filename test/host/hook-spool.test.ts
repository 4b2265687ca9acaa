import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostEventBody } from '../../source/host/event-ring.ts';
import { HookSpool } from '../../source/host/hook-spool.ts';

let folder: string;
let spool: HookSpool;
let events: HostEventBody[];
let looks: (() => void)[];

beforeEach(() => {
  // As odd as the folder of a user may be.
  folder = mkdtempSync(join(tmpdir(), "tutti hooks' "));
  events = [];
  looks = [];
  spool = new HookSpool({
    folder: join(folder, 'hooks'),
    events: {
      add: body => {
        events.push(body);
        for (const look of looks.splice(0)) look();
      },
    },
    now: () => 7,
    say: line => events.push({ type: 'title', title: line }),
  });
});
afterEach(() => {
  spool.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A hook as an agent runs it. */
function hook(name: string, input: string, ask = false, env = process.env) {
  const child = spawn(join(folder, 'hooks', 'report'), ask ? [name, 'ask'] : [name], { stdio: 'pipe', env });
  child.stdin.end(input);
  let out = '';
  child.stdout.on('data', data => {
    out += data;
  });
  const ended = new Promise<{ code: number | null; out: string }>(resolve =>
    child.on('close', code => resolve({ code, out })),
  );
  return { ended, child };
}

async function until<Value>(ask: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = ask();
    if (value !== undefined) return value;
    await new Promise<void>(resolve => looks.push(resolve));
  }
}

const reported = (name: string) => until(() => events.find(each => each.type === 'hook' && each.report.name === name));
const left = () => readdirSync(join(folder, 'hooks')).filter(name => name !== 'report');

test('what a program wants to find beside its hooks is there before it starts, for nobody else', () => {
  const other = join(folder, 'other');
  new HookSpool({
    folder: other,
    files: { 'plugin/hooks.json': '{}' },
    events: { add: () => {} },
    now: () => 7,
    say: () => {},
  }).stop();
  expect(readFileSync(join(other, 'plugin/hooks.json'), 'utf8')).toBe('{}');
  expect(statSync(join(other, 'plugin/hooks.json')).mode & 0o077).toBe(0);
});

test('what a hook says is told once, and nothing of it is left', async () => {
  const { ended } = hook('Stop', '{"last_assistant_message":"Done — ✓","background_tasks":[]}');
  expect(await ended).toEqual({ code: 0, out: '' });
  const event = await reported('Stop');
  expect(event).toMatchObject({
    report: { name: 'Stop', at: 7, asks: false, data: { last_assistant_message: 'Done — ✓', background_tasks: [] } },
  });
  expect(spool.asking).toEqual([]);
  expect(left()).toEqual([]);
  expect(events).toHaveLength(1);
});

test('one that asks gets its answer, once', async () => {
  const { ended } = hook('PermissionRequest', '{"tool_name":"Bash"}', true);
  await reported('PermissionRequest');
  const [asking] = spool.asking;
  expect(asking).toMatchObject({ name: 'PermissionRequest', asks: true, data: { tool_name: 'Bash' } });
  const id = asking?.id ?? '';
  const answer = '{"behavior":"allow"}';
  const both = [spool.answer(id, answer), spool.answer(id, 'another one')];
  expect(await Promise.all(both)).toEqual([true, false]);
  expect(await ended).toEqual({ code: 0, out: answer });
  expect(events.filter(each => each.type === 'hookClosed')).toEqual([{ type: 'hookClosed', id }]);
});

test('one that is ended by its agent asks no more, and leaves neither a file nor a process', async () => {
  const { child, ended } = hook('PermissionRequest', '{}', true);
  await reported('PermissionRequest');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, out: '' });
  await until(() => events.find(each => each.type === 'hookClosed'));
  expect(spool.asking).toEqual([]);
  expect(left()).toEqual([]);
});

test('its cat ends with it also where a signal to that is lost, as it is in the moment after its fork', async () => {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const deaf = `#!/bin/sh\ntrap '' TERM\nPATH='${process.env.PATH}'\nexec cat "$@"\n`;
  writeFileSync(join(programs, 'cat'), deaf, { mode: 0o700 });
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
  const { child, ended } = hook('PermissionRequest', '{}', true, env);
  await reported('PermissionRequest');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, out: '' });
  expect(left()).toEqual([]);
});

test('what lies there and is no file of a hook holds up no hook', async () => {
  const hooks = join(folder, 'hooks');
  const secret = join(folder, 'secret');
  writeFileSync(secret, '{"secret":true}');
  mkdirSync(join(hooks, '1-folder.json'));
  symlinkSync(secret, join(hooks, '2-link.json'));
  symlinkSync(join(folder, 'nowhere'), join(hooks, '3-nowhere.json'));
  // Who reads it as a file waits for ever for somebody who writes.
  spawnSync('mkfifo', [join(hooks, '4-pipe.json')]);
  await hook('Stop', '{"last_assistant_message":"Done."}').ended;
  expect(await reported('Stop')).toMatchObject({ report: { data: { last_assistant_message: 'Done.' } } });
  await hook('Stop2', '{}').ended;
  await reported('Stop2');
  expect(events).toHaveLength(2);
  expect(left().toSorted()).toEqual(['1-folder.json', '2-link.json', '3-nowhere.json', '4-pipe.json']);
});

test('what is no JSON, or far too long, is a report without data', async () => {
  await hook('Odd', 'not JSON').ended;
  expect(await reported('Odd')).toMatchObject({ report: { data: {} } });
  await hook('Long', JSON.stringify({ text: 'x'.repeat(20_000), list: Array.from({ length: 500 }, () => 1) })).ended;
  const long = await reported('Long');
  expect(long).toMatchObject({ report: { data: { text: expect.stringMatching(/^x{8000}…$/) } } });
  expect(long.type === 'hook' && long.report.data.list).toHaveLength(100);
  await hook('Huge', JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) })).ended;
  expect(await reported('Huge')).toMatchObject({ report: { data: {} } });
});
