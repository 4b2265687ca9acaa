import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { calmOf } from '../../../source/tui/effects/calm.ts';
import { setDeadline } from '../../../source/tui/terminal/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it is calm when no key has come for a while, and not while keys come', async () => {
  const calm = calmOf(setDeadline);
  calm.touched();
  expect(vi.getTimerCount()).toBe(0);
  let isCalm = false;
  void calm.wait().then(() => {
    isCalm = true;
  });
  for (let key = 0; key < 20; key++) {
    await vi.advanceTimersByTimeAsync(100);
    calm.touched();
  }
  expect(isCalm).toBe(false);
  await vi.advanceTimersByTimeAsync(120);
  expect(isCalm).toBe(true);
  calm.touched();
  expect(vi.getTimerCount()).toBe(0);
});

test('nothing is waited for after the end', async () => {
  const calm = calmOf(setDeadline);
  void calm.wait();
  calm.end();
  calm.touched();
  expect(vi.getTimerCount()).toBe(0);
});
