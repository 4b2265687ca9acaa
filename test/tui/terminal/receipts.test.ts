import { expect, test } from 'vitest';
import { Receipts } from '../../../source/tui/terminal/receipts.ts';
import { UserTerminal, type UserTerminalOptions } from '../../../source/tui/terminal/user-terminal.ts';
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

test('an answer that does not come is waited for once, and the next one does not count for it', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('lost');
  clock.pass(4999);
  ask('second');
  await settled();
  expect([come, receipts.waiting]).toEqual([[], 2]);
  clock.pass(1);
  await settled();
  expect([come, receipts.waiting]).toEqual([['lost'], 0]);
  receipts.take();
  await settled();
  expect(come).toEqual(['lost', 'second']);
  // It is heard again.
  ask('third');
  await settled();
  expect([come.length, receipts.waiting]).toEqual([2, 1]);
  receipts.take();
  await settled();
  expect(come.at(-1)).toBe('third');
});

test('a terminal that answers nothing is waited for no more', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('first');
  clock.pass(5000);
  ask('second');
  await settled();
  expect([come, receipts.waiting]).toEqual([['first', 'second'], 0]);
  clock.pass(5000);
  expect(clock.waiting()).toBe(0);
});

test('where the terminal is left nobody waits any more', async () => {
  const { clock, receipts, come, ask } = asking();
  ask('first');
  receipts.close();
  await settled();
  expect([come, receipts.waiting, clock.waiting()]).toEqual([['first'], 0, 0]);
});

test('a terminal that is not ours is asked nothing, and nothing waits for it', async () => {
  const clock = fakeClock();
  const terminal = new UserTerminal({ setDeadline: clock.setDeadline } as UserTerminalOptions);
  const written: string[] = [];
  await terminal.hasRead(question => written.push(question));
  expect([written, clock.waiting()]).toEqual([[], 0]);
});
