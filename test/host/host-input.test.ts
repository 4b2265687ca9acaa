import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import type { HostConnection } from '../../source/client/host-connection.ts';
import type { HostEvent, NamedRule, PromptDelivery } from '../../source/protocol/host.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { box, lateReader } from './actors.ts';
import { hostRoom, type StartedHost, waitUntil, watchScreen } from './host-room.ts';

const build = `${inject('testBuilds')}/a`;

const keys = (connection: HostConnection, text: string) => connection.input(Buffer.from(text), InputSource.keys);

/** A box agent, watched, and its events. */
async function boxRoom(given: { settleMs?: number; rules?: readonly NamedRule[] } = {}) {
  const room = hostRoom(build);
  const { bundle } = await room.start({ argv: box, ...given });
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('the box is there', text => /^>$/m.test(text));
  const events: HostEvent[] = [];
  const checks = new Set<() => void>();
  connection.on('event', event => {
    events.push(event);
    for (const check of [...checks]) check();
  });
  await connection.request('event/watch', null);
  const happened = (type: HostEvent['type']) =>
    waitUntil(`a ${type} event`, { check: () => events.some(event => event.type === type), checks });
  return { room, bundle, connection, watched, events, happened };
}

const prompt = (given: Partial<PromptDelivery>): PromptDelivery => ({
  operation: `op-${Math.floor(performance.now() * 1000)}`,
  by: 'automation',
  text: 'fix the bug',
  ready: { match: '^> ' },
  empty: { match: '^>$', region: 'cursorRow' },
  dialogs: [{ match: 'Trust this folder' }],
  seen: { match: '^> .*bug' },
  bracketed: 'asked',
  enterAfterMs: 20,
  timeoutMs: 2000,
  enter: true,
  ...given,
});

/** The rule of a row without trailing blanks: the empty box reads `>`. */
const ready = { any: [{ match: '^> ' }, { match: '^>$' }] };

function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

test('a megabyte pasted to a program that does not read costs nothing, and all of it arrives when it reads', async () => {
  const room = hostRoom(build);
  const { bundle, started }: StartedHost = await room.start({ argv: lateReader, settleMs: 3000 });
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('it has begun', text => text.includes('waiting'));
  const text = Buffer.alloc(1024 * 1024, 'tutti plays. ');
  const settled = new Promise<void>(resolve => {
    connection.on('event', event => event.type === 'settled' && resolve());
  });
  await connection.request('event/watch', null);
  connection.input(text, InputSource.keys);
  await connection.request('operation/find', { operation: 'x' });
  const before = process.platform === 'linux' ? cpuTicks(started.hostPid) : 0;
  await settled;
  // Two seconds and more have passed: 1 % of a core would be 2 ticks, so much costs the clock itself.
  if (process.platform === 'linux') expect(cpuTicks(started.hostPid) - before).toBeLessThanOrEqual(5);
  process.kill(started.programPid, 'SIGUSR2');
  connection.input(Buffer.from([4]), InputSource.keys);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  await watched.until('all of it was read', shown => shown.includes(`read ${text.length} ${hash}`));
});

test('a key takes the lease; mouse, focus and answers of the terminal do not', async () => {
  const { connection, watched, events, happened } = await boxRoom();
  connection.input(Buffer.from('\x1b[I'), InputSource.terminal);
  connection.input(Buffer.from('\x1b[<0;1;1M'), InputSource.terminal);
  const write = (operation: string, by: 'person' | 'automation' = 'automation') =>
    connection.request('input/write', { operation, by, base64: Buffer.from('a\r').toString('base64') });
  expect((await write('one')).outcome).toBe('submitted');
  keys(connection, 'b');
  await happened('leaseTaken');
  expect((await write('two')).outcome).toBe('leaseHeld');
  expect((await write('three', 'person')).outcome).toBe('submitted');
  const lease = new Promise(resolve => connection.on('lease', resolve));
  await connection.request('lease/giveBack', { operation: 'four' });
  expect(await lease).toMatchObject({ holder: 'automation' });
  expect((await write('five')).outcome).toBe('submitted');
  await watched.until('all that was allowed has been typed', text => text.split('sent <').length === 4);
  expect(events.flatMap(event => (event.type === 'submitted' ? [event.by] : []))).toEqual([
    'automation',
    'person',
    'automation',
  ]);
});

test('a write that is asked for again is answered and not repeated', async () => {
  const { connection, watched } = await boxRoom();
  const write = () =>
    connection.request('input/write', {
      operation: 'once',
      by: 'automation',
      base64: Buffer.from('hello\r').toString('base64'),
    });
  const [first, second] = await Promise.all([write(), write()]);
  expect(second).toEqual(first);
  expect(await write()).toEqual(first);
  expect(await connection.request('operation/find', { operation: 'once' })).toEqual({ result: first });
  expect(await connection.request('operation/find', { operation: 'never' })).toEqual({});
  await watched.until('it was typed', text => text.includes('sent <hello>'));
  expect(watched.text().split('sent <').length).toBe(2);
});

test('a prompt is delivered: pasted, seen and submitted, once for each operation', async () => {
  const { connection, watched } = await boxRoom();
  const given = prompt({ ready });
  const results = await Promise.all([
    connection.request('prompt/deliver', given),
    connection.request('prompt/deliver', given),
  ]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['submitted', 'submitted']);
  await watched.until('it was sent', text => text.includes('sent <fix the bug>'));
  const next = prompt({ ready, text: 'another bug', operation: 'other' });
  expect((await connection.request('prompt/deliver', next)).outcome).toBe('submitted');
  await watched.until('the next was sent', text => text.includes('sent <another bug>'));
  expect(watched.text().split('sent <').length).toBe(3);
});

test('several prompts at once do not mix', async () => {
  const { connection, watched } = await boxRoom();
  const texts = ['first bug', 'second bug', 'third bug'];
  const results = await Promise.all(
    texts.map(text => connection.request('prompt/deliver', prompt({ ready, text, operation: text }))),
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['submitted', 'submitted', 'submitted']);
  await watched.until('all were sent', text => texts.every(each => text.includes(`sent <${each}>`)));
});

test('a prompt never lands in a draft or a dialog, and is not submitted unseen', async () => {
  const { connection, watched } = await boxRoom();
  const deliver = (operation: string, given: Partial<PromptDelivery> = {}) =>
    connection.request('prompt/deliver', prompt({ ready, operation, by: 'person', timeoutMs: 300, ...given }));
  keys(connection, 'half a thought');
  await watched.until('the draft stands', text => text.includes('> half a thought'));
  expect(await deliver('draft')).toMatchObject({ outcome: 'draft', detail: '> half a thought' });
  keys(connection, '\r!dialog\r');
  await watched.until('the dialog stands', text => text.includes('Trust this folder?'));
  expect(await deliver('dialog')).toMatchObject({ outcome: 'dialog', detail: '/Trust this folder/' });
  expect(await deliver('not ready', { dialogs: [] })).toMatchObject({ outcome: 'notReady' });
  keys(connection, '\r!deaf\r');
  await watched.until('the box is back', text => text.includes('answered') && text.trimEnd().endsWith('>'));
  // Longer than what was typed may take to be drawn.
  expect(await deliver('not seen', { timeoutMs: 1500 })).toMatchObject({ outcome: 'notSeen', detail: '/^> .*bug/' });
  expect(watched.text()).not.toContain('sent <fix the bug>');
});

test('a program that exits at the paste is told as exited', async () => {
  const { connection, watched } = await boxRoom();
  keys(connection, '!exit\r');
  await watched.until('it is armed', text => text.includes('armed\n>'));
  const result = await connection.request('prompt/deliver', prompt({ ready, by: 'person' }));
  expect(result.outcome).toBe('exited');
});

test('events say when the screen stirs and settles, and which named rules hold', async () => {
  const room = hostRoom(build);
  const rules = [{ name: 'dialog', rule: { match: 'Trust this folder' } }];
  const { bundle } = await room.start({ argv: box, settleMs: 100, rules });
  const connection = await room.connect(bundle);
  const events: HostEvent[] = [];
  const checks = new Set<() => void>();
  connection.on('event', event => {
    events.push(event);
    for (const check of [...checks]) check();
  });
  const { events: before } = await connection.request('event/watch', null);
  events.unshift(...before);
  const types = () => events.map(({ type }) => type).join(' ');
  const until = (what: string, holds: () => boolean) => waitUntil(what, { check: holds, checks, show: types });
  await until('it settles after its start', () => types().includes('stirred settled'));
  keys(connection, '!dialog\r');
  await until('the dialog is told', () => events.some(event => event.type === 'ruleChanged' && event.holds));
  expect((await connection.request('event/watch', null)).holding).toEqual([
    { rule: 'dialog', since: expect.any(Number) },
  ]);
  keys(connection, '\r');
  await until('its end is told', () => events.some(event => event.type === 'ruleChanged' && !event.holds));
  expect(events.map(({ n }) => n)).toEqual(events.map((_, index) => index + 1));
});

test.each(['a key', 'its end'])(
  'an emptied box, the receipt of a prompt, is told though %s comes at once',
  async next => {
    const empty = { name: 'empty', rule: { match: '^>$', region: { bottom: 1 } } } as const;
    const { connection, watched } = await boxRoom({ rules: [empty] });
    expect((await connection.request('prompt/deliver', prompt({ ready }))).outcome).toBe('submitted');
    await watched.until('it was sent', text => text.trimEnd().endsWith('sent <fix the bug>\n>'));
    if (next === 'a key') {
      keys(connection, 'x');
      await watched.until('the key is drawn', text => text.trimEnd().endsWith('> x'));
    } else {
      await connection.request('process/end', { graceMs: 1000 });
    }
    const { events } = await connection.request('event/watch', null);
    const told = events.flatMap(event => {
      if (event.type === 'ruleChanged') return [`${event.rule} ${event.holds}`];
      return event.type === 'submitted' ? ['submitted'] : [];
    });
    expect(told.slice(told.indexOf('submitted'))).toEqual(['submitted', 'empty true']);
  },
);
