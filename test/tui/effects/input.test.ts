import { expect, test } from 'vitest';
import { followClock } from '../../../source/tui/effects/clock.ts';
import { createInput } from '../../../source/tui/effects/input.ts';
import type { Panes } from '../../../source/tui/effects/panes.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { MESSAGE_MS } from '../../../source/tui/store/reduce.ts';
import { fleetAt } from '../shown.ts';
import { fleetOf, NOW, viewOf } from '../views.ts';
import { fakeClock } from './fake-world.ts';

test('what a key answers stands for its time, however old the ages on the screen are', () => {
  const clock = fakeClock();
  // Shown as 14m: its age changes once in a while, and the screen's time with it.
  const fleet = fleetOf([viewOf({ id: 'aaaa000001', minutes: 14 })]);
  const store = createStore(fleetAt([80, 24], { type: 'fleetWatched', fleet }));
  followClock(store, clock);
  const input = createInput({
    ...clock,
    store,
    panes: {} as Panes,
    picture: () => {
      throw new Error('no mouse here');
    },
    perform: () => {},
    onTouched: () => {},
    onReply: () => {},
  });
  input.play();
  clock.pass(MESSAGE_MS + 1_000);
  expect(store.get().now).toBe(NOW);
  input.feed(Buffer.from('r'));
  expect(store.get().message?.text).toMatch(/^r \(resume\) does nothing now/);
  clock.pass(MESSAGE_MS - 1);
  expect(store.get().message).toBeDefined();
  clock.pass(1);
  expect(store.get().message).toBeUndefined();
});
