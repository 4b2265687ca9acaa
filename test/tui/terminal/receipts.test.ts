import { expect, test } from 'vitest';
import { Receipts } from '../../../source/tui/terminal/receipts.ts';
import { fakeClock, settled } from '../effects/fake-world.ts';

/** Receipts, and the names of those that have come, in their order. */
function asking() {
  const clock = fakeClock();
  const receipts = new Receipts(clock.setDeadline);
  const come: string[] = [];
  const ask = (name: string) => void receipts.asked().then(() => come.push(name));
  return { clock, receipts, come, ask };
}

test('each answer is that to the oldest question', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('first');
  ask('second');
  await settled();
  expect([come, receipts.waiting]).toEqual([[], 2]);
  receipts.take();
  await settled();
  expect([come, receipts.waiting]).toEqual([['first'], 1]);
  receipts.take();
  // Nobody has asked for it.
  receipts.take();
  await settled();
  expect([come, receipts.waiting, clock.waiting()]).toEqual([['first', 'second'], 0, 0]);
});

test('a terminal that answers nothing is waited for once; an answer that is late is not taken for that to a newer question', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('first');
  clock.pass(3000);
  ask('second');
  clock.pass(1999);
  await settled();
  expect(come).toEqual([]);
  clock.pass(1);
  ask('third');
  await settled();
  expect([come, receipts.waiting]).toEqual([['first', 'second', 'third'], 0]);
  // It was slow, and is heard from now on.
  receipts.take();
  ask('fourth');
  receipts.take();
  receipts.take();
  await settled();
  expect([come.length, receipts.waiting]).toEqual([3, 1]);
  receipts.take();
  await settled();
  expect(come.at(-1)).toBe('fourth');
});

test('where the terminal is left nobody waits any more', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('first');
  receipts.close();
  await settled();
  expect([come, receipts.waiting, clock.waiting()]).toEqual([['first'], 0, 0]);
});
