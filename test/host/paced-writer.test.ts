import { expect, test } from 'vitest';
import { PacedWriter } from '../../source/host/paced-writer.ts';
import { fakeTimers } from './fake-timers.ts';

/** A terminal that takes as much as it has room for. */
function terminal() {
  const state = { room: 0, taken: '', tries: 0, empty: 0 };
  const writer = new PacedWriter({
    write: bytes => {
      state.tries += 1;
      const part = bytes.subarray(0, state.room);
      state.room -= part.length;
      state.taken += Buffer.from(part).toString('latin1');
      return part.length;
    },
    onEmpty: () => {
      state.empty += 1;
    },
  });
  return { state, writer };
}

test('what fits is written at once', () => {
  fakeTimers();
  const { state, writer } = terminal();
  state.room = 100;
  writer.push(Buffer.from('key'));
  expect(state).toMatchObject({ taken: 'key', tries: 1, empty: 1 });
});

test('a program that does not read costs next to nothing, and nothing is lost when it reads', async () => {
  const { pass } = fakeTimers();
  const { state, writer } = terminal();
  const text = 'x'.repeat(1024 * 1024);
  writer.push(Buffer.from(text));
  await pass(60_000);
  // Twice a second in the end.
  expect(state.tries).toBeLessThan(130);
  expect(writer.pending).toBe(text.length);
  const tries = state.tries;
  state.room = Number.POSITIVE_INFINITY;
  await pass(600);
  expect(state.taken).toBe(text);
  expect(writer.pending).toBe(0);
  expect(state.empty).toBe(1);
  expect(state.tries - tries).toBe(256);
});

test('order is kept over waits, and output of the program makes it try at once', async () => {
  const { pass } = fakeTimers();
  const { state, writer } = terminal();
  state.room = 2;
  writer.push(Buffer.from('abc'));
  writer.push(Buffer.from('def'));
  await pass(2000);
  state.room = 3;
  writer.hint();
  await pass(0);
  expect(state.taken).toBe('abcde');
  state.room = 10;
  await pass(5);
  expect(state.taken).toBe('abcdef');
});

test('what is taken in part goes on before what came after it', async () => {
  const { pass } = fakeTimers();
  const { state, writer } = terminal();
  state.room = 5000;
  writer.push(Buffer.from('a'.repeat(6000)));
  writer.push(Buffer.from('b'.repeat(6000)));
  await pass(10);
  state.room = 1;
  await pass(20);
  state.room = Number.POSITIVE_INFINITY;
  await pass(1000);
  expect(state.taken).toBe('a'.repeat(6000) + 'b'.repeat(6000));
});

test('after its stop nothing is written, whatever waits or comes', async () => {
  const { pass } = fakeTimers();
  const { state, writer } = terminal();
  writer.push(Buffer.from('abc'));
  writer.stop();
  state.room = 10;
  writer.push(Buffer.from('def'));
  writer.hint();
  await pass(10_000);
  expect(state.taken).toBe('');
  expect(writer.pending).toBe(0);
});
