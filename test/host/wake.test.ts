import { expect, test } from 'vitest';
import { Wake } from '../../source/host/wake.ts';
import { fakeTimers } from './fake-timers.ts';

function room(argv: readonly string[] = ['/node', '/runtime/daemon.mjs', '--wake']) {
  const timers = fakeTimers();
  const state = { connected: false, woken: [] as number[], failed: [] as string[] };
  const wake = new Wake({
    argv,
    env: { HOME: '/home' },
    now: timers.now,
    isDaemonConnected: () => state.connected,
    onFailed: why => state.failed.push(why),
    run: () => state.woken.push(timers.now() - 1_000_000),
  });
  return { ...timers, state, wake };
}

test('the first event wakes at once; many in a row wake no oftener than tries in vain do', async () => {
  const { state, wake, pass } = room();
  for (let event = 0; event < 100; event++) {
    wake.happened();
    await pass(100);
  }
  expect(state.woken).toEqual([0, 2000, 6000]);
});

test('nobody is woken while a daemon is there, and none is needed after one came', async () => {
  const { state, wake, pass } = room();
  state.connected = true;
  wake.happened();
  state.connected = false;
  wake.happened();
  await pass(1000);
  state.connected = true;
  wake.daemonConnected();
  await pass(3_600_000);
  expect(state.woken).toEqual([0]);
  state.connected = false;
  wake.happened();
  expect(state.woken).toHaveLength(2);
});

test('after eight tries in vain it is quiet until something happens again', async () => {
  const { state, wake, pass } = room();
  wake.happened();
  await pass(24 * 3_600_000);
  expect(state.woken).toHaveLength(8);
  wake.happened();
  await pass(0);
  expect(state.woken).toHaveLength(9);
});

test('without an argv nobody is woken', async () => {
  const { state, wake, pass } = room([]);
  wake.happened();
  await pass(10_000);
  expect(state.woken).toEqual([]);
});
