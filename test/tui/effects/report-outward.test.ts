import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionView } from '../../../source/protocol/daemon.ts';
import { reportOutward } from '../../../source/tui/effects/report-outward.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { setDeadline } from '../../../source/tui/terminal/deadline.ts';
import { stateAt } from '../shown.ts';
import { fleetOf, viewOf } from '../views.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const view = (status: SessionView['status'], title = 'Cart') => viewOf({ id: 'aaaa000001', title, status });

/** What is said, as `state=… id=…` of each report and `title …`. */
function outwardOf(...views: readonly SessionView[]) {
  const store = createStore(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }]));
  const said: string[] = [];
  let times = 0;
  const say = (bytes: string) => {
    times += 1;
    for (const [, title, report] of bytes.matchAll(/\x1b\](?:0;(.*?)|7501;(.*?))\x1b\\/g)) {
      said.push(title === undefined ? (report ?? '').split(':').slice(0, 2).join(' ') : `title ${title}`);
    }
  };
  const outward = reportOutward(store, { say, setDeadline });
  const become = (next: SessionView) => {
    store.dispatch({ type: 'sessionChanged', view: next });
    store.dispatch({ type: 'fleetCounted', counts: fleetOf([next]).counts });
  };
  return { store, outward, become, take: () => said.splice(0), times: () => times };
}

test('changes go out together and once; a terminal that reads no status gets a title only', () => {
  const { become, take } = outwardOf(view('idle'));
  become(view('working'));
  become(view('working', 'Cart again'));
  expect(take()).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(take()).toEqual(['title tutti: 1 working']);
  vi.advanceTimersByTime(1000);
  expect(take()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('an agent that asks and is answered faster than anybody looks is told of eight times in a second at once, then together', () => {
  const { outward, become, take, times } = outwardOf(view('working'));
  outward.speaks();
  const flips = () => {
    const before = times();
    for (let at = 0; at < 100; at++) become(view(at % 2 === 0 ? 'needsYou' : 'working'));
    return times() - before;
  };
  expect(flips()).toBe(8);
  become(view('needsYou'));
  take();
  vi.advanceTimersByTime(250);
  expect(take()).toContain('state=blocked id=tutti/0001');
  vi.advanceTimersByTime(750);
  expect(flips()).toBe(8);
  outward.end();
  expect(vi.getTimerCount()).toBe(0);
});

test('all that there is when the terminal has said that it reads it, then what changes; who needs the user does not wait', () => {
  const { outward, become, take } = outwardOf(view('working'));
  outward.speaks();
  expect(take()).toEqual(['title tutti: 1 working', 'state=working id=tutti', 'state=working id=tutti/0001']);
  become(view('needsYou'));
  expect(take()).toContain('state=blocked id=tutti/0001');
  vi.advanceTimersByTime(250);
  take();
  become(view('working'));
  expect(take()).toContain('state=working id=tutti/0001');
  vi.advanceTimersByTime(250);
  take();
  become(view('idle'));
  expect(take()).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(take()).toEqual(['title tutti', 'state=idle id=tutti', 'state=idle id=tutti/0001']);
});

test.each(['needsYou', 'failed'] as const)('into and out of %s is told at once, each time', status => {
  const { outward, become, take } = outwardOf(view('working'));
  outward.speaks();
  take();
  for (const next of [status, 'working', status] as const) {
    become(view(next));
    expect(take().filter(words => words.includes('tutti/0001'))).toHaveLength(1);
  }
});

test('a session that is gone is taken back', () => {
  const { store, outward, take } = outwardOf(view('working'));
  outward.speaks();
  take();
  store.dispatch({ type: 'sessionRemoved', id: 'aaaa000001' });
  vi.advanceTimersByTime(250);
  expect(take()).toContain('state=clear id=tutti/0001');
});

test('a terminal that was left and entered anew is told all of it again', () => {
  const { outward, take } = outwardOf(view('working'));
  outward.speaks();
  const first = take();
  outward.again();
  expect(take()).toEqual(first);
});

test('a key that changes nothing of the fleet costs nothing', () => {
  const { store } = outwardOf(view('working'));
  vi.advanceTimersByTime(250);
  store.dispatch({ type: 'viewChosen', view: 'zoom' });
  expect(vi.getTimerCount()).toBe(0);
});
