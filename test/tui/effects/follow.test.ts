import { expect, test } from 'vitest';
import type { Fleet } from '../../../source/protocol/daemon.ts';
import { followClock, nextMoment } from '../../../source/tui/effects/clock.ts';
import { followDaemon } from '../../../source/tui/effects/follow-daemon.ts';
import { keepDiff } from '../../../source/tui/effects/keep-diff.ts';
import { followRest } from '../../../source/tui/effects/rest.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt, stateAt } from '../shown.ts';
import { fleetOf, NOW, pictureFleet, viewOf } from '../views.ts';
import { fakeClient, fakeClock, fakeWorld, settled } from './fake-world.ts';

const empty = stateAt([120, 40]);

test('the fleet is asked for at the start, after each connection, and for another scope', async () => {
  const { world, store, methods, tell, clock, asked, listening } = fakeWorld(empty, {
    'fleet/watch': () => fleetOf(pictureFleet()),
  });
  const end = followDaemon(world, clock.setDeadline);
  await settled();
  expect(store.get().sessions.size).toBe(6);
  tell('connected', {});
  store.dispatch({ type: 'scopeChosen', scope: 'all' });
  await settled();
  expect(methods()).toEqual(['fleet/watch', 'fleet/watch', 'fleet/watch']);
  expect(asked.at(-1)?.params).toEqual({ all: true });
  end();
  expect(listening()).toBe(0);
});

test('an answer about where the user no longer is changes nothing', async () => {
  const here = Promise.withResolvers<Fleet>();
  const { world, store, clock } = fakeWorld(empty, {
    'fleet/watch': (scope: { all?: true }) => (scope.all ? fleetOf([]) : here.promise),
  });
  followDaemon(world, clock.setDeadline);
  store.dispatch({ type: 'scopeChosen', scope: 'all' });
  await settled();
  here.resolve(fleetOf(pictureFleet()));
  await settled();
  expect(store.get().sessions.size).toBe(0);
});

test('a daemon that is away is said after 300 ms, and not at all when it is back before', async () => {
  const { world, store, clock, tell } = fakeWorld(fleetAt([120, 40]), { 'fleet/watch': () => fleetOf(pictureFleet()) });
  followDaemon(world, clock.setDeadline);
  await settled();
  tell('reconnecting', { since: NOW });
  clock.pass(299);
  tell('connected', {});
  clock.pass(1_000);
  expect(store.get().connection).toBe('connected');
  tell('reconnecting', { since: NOW });
  clock.pass(300);
  expect(store.get().connection).toBe('reconnecting');
  expect(store.get().sessions.size).toBe(6);
  tell('connected', {});
  expect(store.get().connection).toBe('connected');
});

test('the clock wakes when something shown changes by time, once for all, and not at all for nothing', () => {
  const clock = fakeClock();
  const nothing = createStore(empty);
  const end = followClock(nothing, clock);
  expect(clock.waiting()).toBe(0);
  end();
  const young = createStore(
    stateAt(
      [120, 40],
      [{ type: 'fleetWatched', fleet: fleetOf([viewOf({ id: 'a', minutes: 0 }), viewOf({ id: 'b' })]) }],
    ),
  );
  const stop = followClock(young, clock);
  expect(clock.waiting()).toBe(1);
  clock.pass(5_000);
  expect(young.get().now).toBe(NOW + 5_000);
  expect(clock.waiting()).toBe(1);
  stop();
  expect(clock.waiting()).toBe(0);
});

test('fifty ages of seconds cost one frame in five seconds, not fifty in one', () => {
  const views = Array.from({ length: 50 }, (_, at) => ({ ...viewOf({ id: `s${at}` }), since: NOW - at * 137 }));
  const state = stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }]);
  const moments = new Set<number>();
  for (let now = NOW; now < NOW + 20_000; now += 50) moments.add(nextMoment(state, now) ?? 0);
  expect([...moments]).toEqual([5_000, 10_000, 15_000, 20_000].map(ms => NOW + ms));
});

test('ages of minutes change together, at most 15 s late', () => {
  const old = (seconds: number) => {
    const view = { ...viewOf({ id: 'a' }), since: NOW - 600_000 - seconds * 1_000 };
    return nextMoment(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf([view]) }]), NOW) ?? 0;
  };
  for (let seconds = 0; seconds < 60; seconds++) {
    const exact = NOW + 60_000 - seconds * 1_000;
    expect(old(seconds) % 15_000).toBe(0);
    expect(old(seconds)).toBeGreaterThanOrEqual(exact);
    expect(old(seconds)).toBeLessThan(exact + 15_000);
  }
});

test('a message goes by the clock', () => {
  const clock = fakeClock();
  const store = createStore(empty);
  followClock(store, clock);
  store.dispatch({ type: 'said', tone: 'info', text: 'x', at: NOW });
  clock.pass(4_999);
  expect(store.get().message).toBeDefined();
  clock.pass(1);
  expect(store.get().message).toBeUndefined();
  expect(clock.waiting()).toBe(0);
});

test('the selection rests 800 ms after the last move; then what is news is seen, once', async () => {
  const clock = fakeClock();
  const { client, asked } = fakeClient({ 'session/see': () => null });
  const store = createStore(fleetAt([120, 40]));
  const rest = followRest(store, { client, setDeadline: clock.setDeadline });
  const move = (id: string) => store.dispatch({ type: 'selected', id });
  move('aaaa000002');
  clock.pass(700);
  move('aaaa000003');
  clock.pass(700);
  expect(store.get().moving).toBe(true);
  clock.pass(100);
  expect(store.get().moving).toBe(false);
  move('aaaa000004');
  clock.pass(800);
  const looked = { method: 'session/see', params: { session: 'aaaa000003' } };
  const ready = store.get().sessions.get('aaaa000003');
  if (!ready) throw new Error('it is not there');
  const seen = { ...ready, session: { ...ready.session, seenAt: NOW } };
  store.dispatch({ type: 'sessionChanged', view: seen });
  move('aaaa000003');
  clock.pass(800);
  expect(asked).toEqual([looked]);
  // Marked as unread it stays so under the cursor, and is seen when one comes to it anew.
  store.dispatch({ type: 'sessionChanged', view: ready });
  rest.touched();
  clock.pass(800);
  expect(asked).toEqual([looked]);
  move('aaaa000004');
  clock.pass(800);
  move('aaaa000003');
  clock.pass(800);
  expect(asked).toEqual([looked, looked]);
  move('aaaa000004');
  rest.end();
  expect(clock.waiting()).toBe(0);
});

test('what becomes news while it is selected is seen when somebody is at the keys', () => {
  const clock = fakeClock();
  const { client, asked } = fakeClient({ 'session/see': () => null });
  const store = createStore(fleetAt([120, 40]));
  const rest = followRest(store, { client, setDeadline: clock.setDeadline });
  rest.touched();
  expect(clock.waiting()).toBe(0);
  store.dispatch({ type: 'sessionChanged', view: viewOf({ id: 'aaaa000001', status: 'failed', minutes: 0 }) });
  clock.pass(10_000);
  expect(asked).toEqual([]);
  rest.touched();
  clock.pass(800);
  expect(asked).toEqual([{ method: 'session/see', params: { session: 'aaaa000001' } }]);
});

const PATCH = `diff --git a/a.ts b/a.ts
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@ here
 one
-two
+2
diff --git a/new.bin b/new.bin
new file mode 100644
Binary files /dev/null and b/new.bin differ
`;

test('a diff is read when it is to be seen, and again when the tree has moved', async () => {
  const { world, store, methods } = fakeWorld(fleetAt([120, 40]), {
    'session/diff': () => ({ patch: PATCH, base: 'main', head: 'h', truncated: false }),
  });
  keepDiff(world);
  store.dispatch({ type: 'ticked', now: NOW + 1 });
  expect(methods()).toEqual([]);
  store.dispatch({ type: 'tabChosen', tab: 'diff' });
  expect(store.get().diff).toMatchObject({ state: 'loading', session: 'aaaa000001' });
  await settled();
  expect(store.get().diff).toMatchObject({
    state: 'ready',
    files: [
      { path: 'a.ts', added: 1, removed: 1, row: 0 },
      { path: 'new.bin', note: 'new', row: 5 },
    ],
    rows: [
      { kind: 'file' },
      { kind: 'hunk', text: '@@ -1,2 +1,2 @@ here' },
      { kind: 'context', text: 'one', oldLine: 1, newLine: 1 },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: '2' },
      { kind: 'file' },
      { kind: 'note' },
    ],
  });
  store.dispatch({ type: 'tabChosen', tab: 'agent' });
  store.dispatch({ type: 'tabChosen', tab: 'diff' });
  expect(methods()).toHaveLength(1);
  const moved = viewOf({ id: 'aaaa000001', changes: { added: 99 } });
  store.dispatch({ type: 'sessionChanged', view: moved });
  await settled();
  expect(methods()).toHaveLength(2);
});

test('a diff that can not be read says why', async () => {
  const { world, store } = fakeWorld(fleetAt([120, 40]));
  keepDiff(world);
  store.dispatch({ type: 'tabChosen', tab: 'diff' });
  await settled();
  expect(store.get().diff).toMatchObject({ state: 'failed', trouble: 'Nobody answers session/diff.' });
});
