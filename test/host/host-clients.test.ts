import { expect, inject, test } from 'vitest';
import { encodeFrame, FrameType } from '../../source/protocol/frame.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import { ruler } from './actors.ts';
import { hostRoom, table, watchScreen } from './host-room.ts';
import { rawClient } from './raw-client.ts';

const build = `${inject('testBuilds')}/a`;

test('two clients see the same, from a snapshot on, and may both type', async () => {
  const room = hostRoom(build);
  const { bundle } = await room.start({ argv: ['sh', '-c', 'echo one; exec cat'] });
  const [first, second] = [await room.connect(bundle), await room.connect(bundle)];
  const one = await watchScreen(first);
  await one.until('it has begun', text => text.includes('one'));
  first.input(Buffer.from('from the first\r'), InputSource.keys);
  await one.until('the first has typed', text => text.split('from the first').length === 3);
  const two = await watchScreen(second);
  second.input(Buffer.from('from the second\r'), InputSource.keys);
  for (const watched of [one, two]) {
    await watched.until('both see it', text => text.split('from the second').length === 3);
  }
  expect(two.text()).toBe(one.text());
  expect(two.screen.sequence).toBe(one.screen.sequence);
  expect([one.snapshots, two.snapshots]).toEqual([1, 1]);
});

test('a client that reads slowly is brought up to date by a snapshot, not by a backlog', async () => {
  const room = hostRoom(build);
  const flood = 'read x; i=0; while [ $i -lt 400 ]; do seq 1 2000; i=$((i+1)); done; echo the end; read y';
  const { bundle } = await room.start({ argv: ['sh', '-c', flood] });
  const [slow, quick] = [await room.connect(bundle), await room.connect(bundle)];
  const behind = await watchScreen(slow);
  const ahead = await watchScreen(quick);
  slow.pause();
  quick.input(Buffer.from('\r'), InputSource.keys);
  await ahead.until('the flood is over', text => text.includes('the end'));
  expect(behind.screen.sequence).toBeLessThan(1000);
  slow.resume();
  await behind.until('it has caught up', text => text.includes('the end'));
  expect(behind.snapshots).toBeGreaterThan(1);
  expect(behind.screen.sequence).toBe(ahead.screen.sequence);
  expect(behind.text()).toBe(ahead.text());
});

test('the size is that of who typed or focused last, told to the program and in order to all clients', async () => {
  const room = hostRoom(build);
  const { bundle } = await room.start({ argv: ruler, columns: 120, rows: 40 });
  const [one, two] = [await room.connect(bundle), await room.connect(bundle)];
  const seen = await watchScreen(one);
  const ask = (who: typeof one, columns: number, why: 'typed' | 'focused' | 'selected') =>
    who.request('pty/resize', { columns, rows: 30, why });
  await seen.until('it starts at the size it was given', text => text.includes('size 120x40'));
  expect(await ask(one, 100, 'selected')).toEqual({ columns: 100, rows: 30 });
  await seen.until('the program knows', text => text.includes('size 100x30'));
  await ask(two, 90, 'focused');
  await seen.until('the program knows', text => text.includes('size 90x30'));
  expect(await ask(one, 100, 'selected')).toEqual({ columns: 90, rows: 30 });
  one.input(Buffer.from('x'), InputSource.keys);
  await seen.until('who types has it', text => text.split('size 100x30').length === 3);
  expect(seen.screen.columns).toBe(100);
  two.close();
  one.close();
  const third = await room.connect(bundle);
  expect(third.welcome.status).toMatchObject({ columns: 100, rows: 30 });
  expect(await ask(third, 5000, 'selected')).toEqual({ columns: 1000, rows: 30 });
  await expect(ask(third, 1.5, 'selected')).rejects.toThrow("A terminal can't have the size 1.5.");
});

test('who does not say hello, or not the secret, or speaks what is too old, is told so and sent away', async () => {
  const room = hostRoom(build);
  const { bundle, params } = await room.start({ argv: ['cat'] });
  const hello = { protocol: 1, build: 'x', secret: params.secret, client: 'c', kind: 'test', capabilities: [] };
  const cases: [string, unknown, string][] = [
    ['process/end', { graceMs: 0 }, 'The host answers process/end only after a hello.'],
    ['client/hello', { ...hello, secret: 'wrong' }, 'The host agent-1 was not told the secret of its bundle.'],
    ['client/hello', null, 'The host agent-1 was not told the secret of its bundle.'],
    [
      'client/hello',
      { ...hello, protocol: 0 },
      'The host agent-1 speaks the protocols 1 to 1 and not 0; use a newer tutti.',
    ],
  ];
  for (const [method, given, why] of cases) {
    const client = await rawClient(params.socket);
    expect((await client.request(method, given)).error?.message).toBe(why);
    await client.closed;
  }
  const typist = await rawClient(params.socket);
  typist.type(1n, 'typed without a hello\r');
  await typist.closed;
  const newer = await rawClient(params.socket);
  const { result } = await newer.request('client/hello', { ...hello, protocol: 99, moon: 'full' });
  expect(result).toMatchObject({ protocol: 1, status: { lease: { holder: 'automation' }, sequence: 0 } });
  expect((await newer.request('moon/phase', {})).error?.message).toBe(
    'This host does not know moon/phase; restart its program to get a newer one.',
  );
  expect((await newer.request('toString', {})).error?.message).toContain('does not know toString');
  expect(table.startOf((await room.connect(bundle)).welcome.status.hostPid)).toBeDefined();
});

test('what is no frame ends the connection; frames of an unknown kind do not, and the host lives', async () => {
  const room = hostRoom(build);
  const { bundle, params } = await room.start({ argv: ['cat'] });
  const hello = { protocol: 1, build: 'x', secret: params.secret, client: 'c', kind: 'test', capabilities: [] };
  for (const bytes of [
    Buffer.from([0xff, 0xff, 0xff, 0xff, 0]),
    Buffer.from([0, 0, 0, 0, 0]),
    encodeFrame(FrameType.bytes, Buffer.from([9, 0, 0])),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ]) {
    const client = await rawClient(params.socket);
    await client.request('client/hello', hello);
    client.send(bytes);
    await client.closed;
  }
  const client = await rawClient(params.socket);
  await client.request('client/hello', hello);
  const unknown = encodeFrame(FrameType.rpc, Buffer.from('of the future'));
  unknown.writeUInt8(77, 4);
  client.send(unknown);
  client.send(encodeFrame(FrameType.rpc, Buffer.from('no json')));
  expect((await client.request('screen/test', { rule: { match: '(' } })).error?.message).toMatch(
    /^The screen rule's pattern is no regular expression/,
  );
  expect((await client.request('screen/read', { scrollback: 0 })).result).toMatchObject({ sequence: 0 });
  await room.connect(bundle);
});

test('input that is sent again is not typed again, also over another connection', async () => {
  const room = hostRoom(build);
  const { bundle, params } = await room.start({ argv: ['cat'] });
  const watched = await watchScreen(await room.connect(bundle));
  const hello = { protocol: 1, build: 'x', secret: params.secret, client: 'c', kind: 'test', capabilities: [] };
  for (const numbers of [
    [1n, 2n],
    [1n, 2n, 3n],
  ]) {
    const client = await rawClient(params.socket);
    await client.request('client/hello', hello);
    for (const number of numbers) client.type(number, `${number}`);
    await client.request('operation/find', { operation: 'x' });
  }
  await watched.until('the last is there', text => text.includes('3'));
  expect(watched.text().trim()).toBe('123');
});

test('a host of the other build serves this one, and says what it is', async () => {
  const room = hostRoom(`${inject('testBuilds')}/b`);
  const { bundle } = await room.start({ argv: ['cat'] });
  const connection = await room.connect(bundle);
  expect(connection.welcome).toMatchObject({ protocol: 2, build: room.runtime.build });
  expect(room.runtime.build).toContain('-next-');
});
