import { expect, inject, test } from 'vitest';
import { hostRoom, watchScreen } from './host-room.ts';

/** Asks three questions, one after the other; takes the digit of a choice, and is deaf to all else. The last one is the second one again. */
const ASKER = [
  process.execPath,
  '-e',
  `
  const questions = ['Delete a?', 'Delete b?', 'Delete b?'];
  let at = 0;
  const draw = () => process.stdout.write('\\x1b[2J\\x1b[H' + (questions[at] ?? 'over') + '\\r\\n> 1. Yes\\r\\n  2. No\\r\\n');
  process.stdin.setRawMode(true);
  draw();
  process.stdin.on('data', bytes => {
    for (const key of bytes.toString()) if (key === '1' || key === '2') { at += 1; process.stdout.write('took ' + key); setTimeout(draw, 30); }
  });
`,
] as [string, ...string[]];

const shows = (text: string) => ({ all: [{ match: `^Delete ${text}\\?$` }, { match: '1\\. Yes$' }] });
const press = (operation: string, text: string, key = '1', timeoutMs = 4000) => ({
  operation,
  shows: shows(text),
  base64: Buffer.from(key).toString('base64'),
  timeoutMs,
});

async function asked(argv = ASKER) {
  const room = hostRoom(`${inject('testBuilds')}/a`);
  const { bundle } = await room.start({ argv });
  const connection = await room.connect(bundle);
  const watched = await watchScreen(connection);
  await watched.until('it asks', text => text.includes('Delete a?'));
  return { connection, watched, status: connection.welcome.status };
}

test('keys are pressed for what stands there, once for each operation', async () => {
  const { connection, watched } = await asked();
  const first = await connection.request('keys/press', press('o1', 'a'));
  expect(first).toMatchObject({ outcome: 'submitted' });
  await watched.until('the next one', text => text.includes('Delete b?'));
  expect(await connection.request('keys/press', press('o1', 'a'))).toEqual(first);
  expect(await connection.request('operation/find', { operation: 'o1' })).toEqual({ result: first });
  expect(watched.text()).toContain('Delete b?');
});

test('what stands there no more is not answered; two at once are one answer', async () => {
  const { connection, watched } = await asked();
  const both = await Promise.all([
    connection.request('keys/press', press('o1', 'a')),
    connection.request('keys/press', press('o2', 'a', '2')),
  ]);
  expect(both.map(({ outcome }) => outcome)).toEqual(['submitted', 'notReady']);
  await watched.until('the next one', text => text.includes('Delete b?'));
  expect(await connection.request('keys/press', press('o3', 'z'))).toMatchObject({ outcome: 'notReady' });
});

test('what is only right while the program says so is not pressed before it does, and not after', async () => {
  const says = (state: string) => `process.stdout.write('\\x1b]7501;state=${state}\\x1b\\\\');`;
  const { connection, watched } = await asked([
    process.execPath,
    '-e',
    `process.stdin.setRawMode(true); process.stdin.on('data', bytes => {
       if (bytes.includes('w')) ${says('working')}
       if (bytes.includes('\\x1b')) { ${says('idle')} process.stdout.write('stopped'); }
     });
     process.stdout.write('Delete a?\\r\\n> 1. Yes\\r\\n');`,
  ]);
  const stop = (operation: string) =>
    connection.request('keys/press', { ...press(operation, 'a', '\x1b'), says: 'working' });
  expect(await stop('o1')).toMatchObject({ outcome: 'notReady', detail: 'its word that it is working' });
  await connection.request('keys/press', press('o2', 'a', 'w'));
  expect(await stop('o3')).toMatchObject({ outcome: 'submitted' });
  await watched.until('it has stopped', text => text.includes('stopped'));
  expect(await stop('o4')).toMatchObject({ outcome: 'notReady' });
});

test('a program that wants to be told twice is, once it asks for that, and no more often', async () => {
  const told = (asks: string) =>
    [
      process.execPath,
      '-e',
      `process.stdin.setRawMode(true); let times = 0; process.stdin.on('data', bytes => {
       times += bytes.length;
       process.stdout.write('\\x1b[2J\\x1b[HDelete a?\\r\\n1. Yes\\r\\n' + '${asks}');
       if (times === 2) process.stdout.write('\\x1b[2J\\x1b[Hstopped after 2');
     });
     process.stdout.write('Delete a?\\r\\n1. Yes\\r\\n');`,
    ] as [string, ...string[]];
  const again = { match: 'once more' };
  const asking = await asked(told('once more'));
  const twice = { ...press('o1', 'a', '\x1b'), again };
  expect(await asking.connection.request('keys/press', twice)).toMatchObject({ outcome: 'submitted' });
  await asking.watched.until('it has stopped', text => text.includes('stopped after 2'));
  const silent = await asked(told('going on'));
  const late = { ...press('o1', 'a', '\x1b', 300), again };
  expect(await silent.connection.request('keys/press', late)).toMatchObject({ outcome: 'notSeen' });
  expect(silent.watched.text()).not.toContain('stopped');
});

test('a key that changes nothing is told as not taken', async () => {
  const { connection, watched } = await asked();
  expect(await connection.request('keys/press', press('o1', 'a', 'x', 200))).toMatchObject({ outcome: 'notSeen' });
  expect(watched.text()).toContain('Delete a?');
});

/** Takes no key until it gets a signal; then all that have come, each for the question that stands there. */
const BUSY = [
  process.execPath,
  '-e',
  `
  let at = 0;
  const draw = () => process.stdout.write('\\x1b[2J\\x1b[H' + (['Delete a?', 'Delete b?'][at] ?? 'over') + '\\r\\n> 1. Yes\\r\\n  2. No\\r\\n');
  process.stdin.setRawMode(true);
  process.stdin.on('data', bytes => { for (const key of bytes.toString()) { at += 1; draw(); } });
  process.stdin.pause();
  process.on('SIGUSR2', () => process.stdin.resume());
  draw();
  setInterval(() => {}, 1e6);
`,
] as [string, ...string[]];

test('a program that has not taken a key in time is not pressed again before it moves: the next question would take it', async () => {
  const { connection, watched, status } = await asked(BUSY);
  expect(await connection.request('keys/press', press('o1', 'a', '1', 200))).toMatchObject({ outcome: 'notSeen' });
  expect(await connection.request('keys/press', press('o2', 'a', '1', 200))).toMatchObject({
    outcome: 'notSeen',
    detail: 'an earlier key, which it has not taken yet',
  });
  process.kill(status.programPid, 'SIGUSR2');
  await watched.until('the next one', text => text.includes('Delete b?'));
  expect(await connection.request('keys/press', press('o3', 'b'))).toMatchObject({ outcome: 'submitted' });
  await watched.until('the end', text => text.includes('over'));
});

test('a screen is read when it rests', async () => {
  const { connection } = await asked();
  await connection.request('keys/press', press('o1', 'a'));
  const { lines } = await connection.request('screen/read', { scrollback: 0, calmMs: 200 });
  expect(lines[0]).toBe('Delete b?');
});
