import { expect, test } from 'vitest';
import { Wake } from '../../source/host/wake.ts';
import { fakeTimers } from './fake-timers.ts';

function room(argv: readonly string[] = ['/node', '/runtime/daemon.mjs', '--wake']) {
  const timers = fakeTimers();
  const state = { connected: false, woken: [] as number[], failed: [] as string[] };
  const { now } = timers;
  const wake = new Wake({
    argv,
    env: { HOME: '/home' },
    now,
    spread: 0.5,
    isDaemonConnected: () => state.connected,
    onFailed: why => state.failed.push(why),
    run: () => state.woken.push(now() - 1_000_000),
  });
  return { ...timers, state, wake };
}

/** A host whose starter, a daemon, came and said goodbye. */
function settledRoom() {
  const made = room();
  made.wake.daemonConnected();
  made.wake.daemonLeft(true);
  return made;
}

test('who starts a host is given the time to connect before an event wakes somebody', async () => {
  const { state, wake, pass } = room();
  wake.happened();
  await pass(1999);
  expect(state.woken).toEqual([]);
  await pass(1);
  expect(state.woken).toEqual([2000]);
});

test('the first event wakes at once; many in a row wake no oftener than tries in vain do', async () => {
  const { state, wake, pass } = settledRoom();
  for (let event = 0; event < 100; event++) {
    wake.happened();
    await pass(100);
  }
  expect(state.woken).toEqual([0, 2000, 6000]);
});

test('nobody is woken while a daemon is there, and none is needed after one came', async () => {
  const { state, wake, pass } = settledRoom();
  state.connected = true;
  wake.happened();
  expect(state.woken).toEqual([]);
  state.connected = false;
  wake.happened();
  await pass(1000);
  state.connected = true;
  wake.daemonConnected();
  await pass(3_600_000);
  expect(state.woken).toEqual([0]);
  state.connected = false;
  wake.daemonLeft(true);
  await pass(3_600_000);
  expect(state.woken).toEqual([0]);
  wake.happened();
  expect(state.woken).toHaveLength(2);
});

test('a daemon that is lost without a goodbye is followed by another one, though nothing happens', async () => {
  const { state, wake, pass } = room();
  state.connected = true;
  wake.daemonConnected();
  await pass(60_000);
  state.connected = false;
  wake.daemonLeft(false);
  await pass(3499);
  expect(state.woken).toEqual([]);
  await pass(1);
  expect(state.woken).toEqual([63_500]);
});

test('a client that brings the next daemon at once leaves nothing for the host to do', async () => {
  const { state, wake, pass } = room();
  state.connected = true;
  wake.daemonConnected();
  state.connected = false;
  wake.daemonLeft(false);
  await pass(1000);
  state.connected = true;
  wake.daemonConnected();
  await pass(3_600_000);
  expect(state.woken).toEqual([]);
});

test('daemons that die soon after they came are woken more and more seldom, until one stays for a minute', async () => {
  const { state, wake, pass } = room();
  const cameAndDied = async (afterMs: number) => {
    state.connected = true;
    wake.daemonConnected();
    await pass(afterMs);
    state.connected = false;
    wake.daemonLeft(false);
  };
  await cameAndDied(100);
  for (let died = 0; died < 5; died++) {
    const before = state.woken.length;
    while (state.woken.length === before) await pass(50);
    await cameAndDied(50);
  }
  const [first = 0, ...others] = state.woken;
  expect(others.map((at, index) => at - (state.woken[index] ?? first))).toEqual([3550, 4000, 8000, 16_000]);
  while (state.woken.length === 5) await pass(50);
  await cameAndDied(60_000);
  const at = state.woken.at(-1) ?? 0;
  while (state.woken.length === 6) await pass(50);
  expect(state.woken.at(-1)).toBe(at + 60_000 + 3500);
});

test('after eight tries in vain it is quiet until something happens again', async () => {
  const { state, wake, pass } = settledRoom();
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
  wake.daemonLeft(false);
  await pass(10_000);
  expect(state.woken).toEqual([]);
});
