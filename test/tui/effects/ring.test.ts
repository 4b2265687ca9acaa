import { expect, test } from 'vitest';
import type { Fleet } from '../../../source/protocol/daemon.ts';
import { ringForNews } from '../../../source/tui/effects/ring.ts';
import { sayActive } from '../../../source/tui/effects/say-active.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt } from '../shown.ts';
import { fakeWorld } from './fake-world.ts';

const counts = (given: Partial<Fleet['counts']>) => given as Fleet['counts'];

test('the bell rings when more waits than before, not for what was there, nor for work', () => {
  const store = createStore({ ...fleetAt([80, 24]), counts: undefined });
  let rung = 0;
  const end = ringForNews(store, () => {
    rung += 1;
  });
  const told: number[] = [];
  for (const each of [
    { needsYou: 1 },
    { needsYou: 1, working: 4 },
    { needsYou: 2 },
    { needsYou: 1, ready: 1 },
    { failed: 1, needsYou: 1, ready: 1 },
    {},
  ]) {
    store.dispatch({ type: 'fleetCounted', counts: counts(each) });
    told.push(rung);
  }
  expect(told).toEqual([0, 0, 1, 1, 2, 2]);
  end();
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
