import { expect, test } from 'vitest';
import { RuleWatch } from '../../source/host/rule-watch.ts';
import { Settle } from '../../source/host/settle.ts';
import { fakeTimers } from './fake-timers.ts';

function room() {
  const timers = fakeTimers();
  const state = { changed: false, looks: 0, told: [] as string[] };
  const settle = new Settle({
    settleMs: 3000,
    now: timers.now,
    drainChanged: () => {
      state.looks += 1;
      const { changed } = state;
      state.changed = false;
      return changed;
    },
    onStirred: () => state.told.push(`stirred ${timers.now() - 1_000_000}`),
    onSettled: () => state.told.push(`settled ${timers.now() - 1_000_000}`),
  });
  const print = (changed: boolean) => {
    state.changed ||= changed;
    settle.printed();
  };
  return { ...timers, state, settle, print };
}

test('a screen stirs with the first changed cell and settles when none has changed for the time', async () => {
  const { state, settle, print, pass } = room();
  print(true);
  await pass(2000);
  print(true);
  await pass(2999);
  expect(state.told).toEqual(['stirred 0']);
  expect(settle.settled).toBe(false);
  await pass(1);
  expect(state.told).toEqual(['stirred 0', 'settled 5000']);
  expect(settle.changedAt).toBe(1_002_000);
});

test('the first change after something was submitted is told, also when the screen never rested', async () => {
  const { state, settle, print, pass } = room();
  print(true);
  await pass(1000);
  print(true);
  settle.submitted();
  expect(state.told).toEqual(['stirred 0']);
  await pass(500);
  print(true);
  await pass(100);
  print(true);
  await pass(100);
  expect(state.told).toEqual(['stirred 0', 'stirred 1500']);
});

test('a redraw that changes no cell is no movement', async () => {
  const { state, print, pass } = room();
  print(true);
  for (let ms = 0; ms < 10_000; ms += 100) {
    print(false);
    await pass(100);
  }
  expect(state.told).toEqual(['stirred 0', 'settled 3000']);
});

test('a flood is looked at twenty times a second', async () => {
  const { state, print, pass } = room();
  for (let ms = 0; ms < 1000; ms++) {
    print(true);
    await pass(1);
  }
  expect(state.looks).toBeLessThanOrEqual(22);
});

test('named rules are tested four times a second while something is printed, and their changes told', async () => {
  const { now, pass } = fakeTimers();
  let [dialog, tests] = [false, 0];
  const told: string[] = [];
  const watch = new RuleWatch({
    rules: [{ name: 'dialog', rule: { match: 'Trust' } }],
    now,
    test: () => {
      tests += 1;
      return dialog;
    },
    isSynchronizing: () => false,
    onChange: (rule, holds) => told.push(`${rule} ${holds}`),
  });
  watch.printed();
  dialog = true;
  for (let ms = 0; ms < 1000; ms += 10) {
    watch.printed();
    await pass(10);
  }
  expect(told).toEqual(['dialog true']);
  expect(tests).toBeLessThanOrEqual(6);
  expect(watch.holding).toEqual([{ rule: 'dialog', since: 1_000_008 }]);
  dialog = false;
  watch.printed();
  await pass(258);
  expect(told).toEqual(['dialog true', 'dialog false']);
  expect(watch.holding).toEqual([]);
});

test('a rule that holds no more for less than a beat is told where it is looked at meanwhile', async () => {
  const { now, pass } = fakeTimers();
  let isEmpty = true;
  const told: string[] = [];
  const watch = new RuleWatch({
    rules: [{ name: 'empty', rule: { match: '^>$' } }],
    now,
    test: () => isEmpty,
    isSynchronizing: () => false,
    onChange: (rule, holds) => told.push(`${rule} ${holds}`),
  });
  watch.printed();
  await pass(8);
  isEmpty = false;
  watch.printed();
  watch.look();
  isEmpty = true;
  watch.printed();
  await pass(250);
  expect(told).toEqual(['empty true', 'empty false', 'empty true']);
});

test('what was drawn within a beat is seen where somebody types into it, and nothing is looked at twice', async () => {
  const { now, pass } = fakeTimers();
  const shown = { isEmpty: false, looks: 0 };
  const told: string[] = [];
  const watch = new RuleWatch({
    rules: [{ name: 'empty', rule: { match: '^>$' } }],
    now,
    test: () => {
      shown.looks += 1;
      return shown.isEmpty;
    },
    isSynchronizing: () => false,
    onChange: (rule, holds) => told.push(`${rule} ${holds}`),
  });
  watch.printed();
  await pass(8);
  shown.isEmpty = true;
  watch.printed();
  watch.catchUp();
  watch.catchUp();
  expect([told, shown.looks]).toEqual([['empty true'], 2]);
  shown.isEmpty = false;
  watch.printed();
  await pass(250);
  expect(told).toEqual(['empty true', 'empty false']);
});

test('half a redraw is not judged: not between its reads, and not within a frame that the program has not ended', async () => {
  const { now, pass } = fakeTimers();
  const shown = { isIdle: false, synchronizing: false };
  const told: string[] = [];
  const watch = new RuleWatch({
    rules: [{ name: 'idle', rule: { match: '^>$' } }],
    now,
    test: () => shown.isIdle,
    isSynchronizing: () => shown.synchronizing,
    onChange: (rule, holds) => told.push(`${rule} ${holds} ${now() - 1_000_000}`),
  });
  const draw = (isIdle: boolean) => {
    shown.isIdle = isIdle;
    watch.printed();
  };
  for (let redraw = 0; redraw < 20; redraw++) {
    draw(true);
    await pass(7);
    draw(false);
    await pass(73);
  }
  shown.synchronizing = true;
  draw(true);
  await pass(20);
  shown.synchronizing = false;
  draw(false);
  await pass(250);
  // A key in the middle of one: a hurried look, and another one as soon as it is drawn.
  draw(true);
  watch.catchUp();
  await pass(2);
  draw(false);
  await pass(20);
  expect(told).toEqual(['idle true 1870', 'idle false 1880']);
});

test.each(['output', 'a frame'])('%s without end is looked at in each beat all the same', async what => {
  const { now, pass } = fakeTimers();
  let looks = 0;
  const watch = new RuleWatch({
    rules: [{ name: 'idle', rule: { match: '^>$' } }],
    now,
    test: () => {
      looks += 1;
      return false;
    },
    isSynchronizing: () => what === 'a frame',
    onChange: () => {},
  });
  for (let ms = 0; ms < 1000; ms++) {
    if (what === 'output' || ms % 50 === 0) watch.printed();
    await pass(1);
  }
  expect(looks).toBe(4);
});

test('of rules that change at once the first one begins first and ends last, and what follows has begun before', () => {
  const { now } = fakeTimers();
  const rows = { asks: ['plan', 'keys'], works: ['work'], rests: ['idle'] } as const;
  let shown: readonly string[] = rows.rests;
  const told: string[] = [];
  const watch = new RuleWatch({
    rules: ['plan', 'keys', 'work', 'idle'].map(name => ({ name, rule: { match: name } })),
    now,
    test: rule => 'match' in rule && shown.includes(rule.match),
    isSynchronizing: () => false,
    onChange: (rule, holds) => told.push(`${rule} ${holds}`),
  });
  watch.look();
  shown = rows.asks;
  watch.look();
  shown = rows.works;
  watch.look();
  expect(told).toEqual(['idle true', 'plan true', 'keys true', 'idle false', 'work true', 'keys false', 'plan false']);
});
