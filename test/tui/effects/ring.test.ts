import { expect, onTestFinished, test } from 'vitest';
import type { Fleet } from '../../../source/protocol/daemon.ts';
import { ringForNews } from '../../../source/tui/effects/ring.ts';
import { sayActive } from '../../../source/tui/effects/say-active.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt } from '../shown.ts';
import { fakeClock, fakeWorld } from './fake-world.ts';

const counts = (given: Partial<Fleet['counts']>) => given as Fleet['counts'];

const NOON = new Date(2026, 10, 28, 12).getTime();

/** What rings by a clock of the test's, from noon on. */
function belfry(quiet?: string) {
  const store = createStore({ ...fleetAt([80, 24]), counts: undefined });
  const clock = fakeClock(NOON);
  const rung: number[] = [];
  const bell = ringForNews(store, {
    ring: () => rung.push(clock.now() - NOON),
    now: clock.now,
    setDeadline: clock.setDeadline,
    quiet,
  });
  onTestFinished(bell.end);
  return {
    rung,
    bell,
    pass: clock.pass,
    counted: (each: Partial<Fleet['counts']>) => store.dispatch({ type: 'fleetCounted', counts: counts(each) }),
  };
}

test('the bell rings when more waits than before, not for what was there, nor for work', () => {
  const { rung, counted } = belfry();
  const told: number[] = [];
  for (const each of [
    { needsYou: 1 },
    { needsYou: 1, working: 4 },
    { needsYou: 2 },
    { needsYou: 1, ready: 1 },
    { failed: 1, needsYou: 1, ready: 1 },
    {},
  ]) {
    counted(each);
    told.push(rung.length);
  }
  expect(told).toEqual([0, 0, 1, 1, 2, 2]);
});

test('in quiet hours it does not ring, nor after them for what came then', () => {
  const { rung, counted, pass } = belfry('11:00-12:30');
  counted({ needsYou: 1 });
  counted({ needsYou: 2 });
  pass(31 * 60_000);
  counted({ needsYou: 2, working: 1 });
  expect(rung).toEqual([]);
  counted({ needsYou: 3 });
  expect(rung).toEqual([31 * 60_000]);
});

test('it is held until a minute after the last key, and does not ring for what was answered by then', () => {
  const { rung, bell, counted, pass } = belfry();
  counted({});
  bell.touched();
  counted({ needsYou: 1 });
  pass(50_000);
  bell.touched();
  pass(50_000);
  counted({});
  pass(20_000);
  expect(rung).toEqual([]);
  bell.touched();
  counted({ needsYou: 1 });
  pass(30_000);
  counted({ needsYou: 1, working: 1 });
  pass(40_000);
  expect(rung).toEqual([180_000]);
});

test('the daemon is told that its user is here, not at each key', () => {
  const { world, methods, clock } = fakeWorld(fleetAt([80, 24]), { 'client/active': () => null });
  const active = sayActive(world);
  active();
  active();
  clock.pass(19_000);
  active();
  expect(methods()).toEqual(['client/active']);
  clock.pass(1_000);
  active();
  expect(methods()).toEqual(['client/active', 'client/active']);
});
