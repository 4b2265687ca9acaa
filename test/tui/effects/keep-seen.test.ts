import { expect, test } from 'vitest';
import { keepSeen } from '../../../source/tui/effects/keep-seen.ts';
import { wantedAlike } from '../../../source/tui/store/alike.ts';
import { wantedQuestion } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { press } from '../press-keys.ts';
import { inboxOfAlike, QUESTION } from '../scenes.ts';
import { fleetAt } from '../shown.ts';
import { NOW } from '../views.ts';
import { fakeWorld, settled } from './fake-world.ts';

const opened = reduce(fleetAt([120, 40]), { type: 'inboxOpened' });
const key = wantedQuestion(opened)?.key ?? '';
const read = { type: 'questionRead', key, question: QUESTION, trouble: undefined, at: undefined } as const;

/** The inbox in front of a terminal that says what it shows when the test says so. */
function watched(state = opened) {
  const { world, store, clock } = fakeWorld(state);
  const asked: (() => void)[] = [];
  const end = keepSeen(world, () => new Promise(resolve => asked.push(resolve)));
  const shows = async () => {
    asked.at(-1)?.();
    await settled();
  };
  /** What a choice asks for after so many milliseconds. */
  const after = (ms: number) => press({ ...store.get(), now: clock.now() + ms }, '4').acts.length;
  return { store, clock, asked, end, shows, after };
}

test('the terminal is asked once for each thing that is shown; keys count 0.4 s after it has said so', async () => {
  const { store, clock, asked, end, shows, after } = watched();
  store.dispatch(read);
  store.dispatch({ type: 'ticked', now: NOW + 1 });
  expect(asked).toHaveLength(1);
  // However long it takes.
  clock.pass(60_000);
  expect(after(0)).toBe(0);
  await shows();
  expect([after(399), after(400)]).toEqual([0, 1]);
  // The same question, read once more.
  store.dispatch(read);
  expect([asked.length, after(400)]).toEqual([1, 1]);
  store.dispatch({ ...read, question: { ...QUESTION, id: 'another' } });
  expect([asked.length, after(60_000)]).toEqual([2, 0]);
  end();
});

test('a word on what was shown before is none on what is shown now', async () => {
  const { store, asked, shows, after } = watched();
  store.dispatch(read);
  store.dispatch({ ...read, question: { ...QUESTION, id: 'another' } });
  expect(asked).toHaveLength(2);
  asked[0]?.();
  await settled();
  expect(after(60_000)).toBe(0);
  await shows();
  expect(after(400)).toBe(1);
});

test('what is not shown is not asked for: an answer to an older look, a terminal that is too small', async () => {
  const { store, clock, asked, shows, after } = watched();
  // Its words have changed meanwhile, and the question is read again.
  store.dispatch({ ...read, key: 'older' });
  expect(asked).toHaveLength(0);
  store.dispatch({ type: 'resized', columns: 40, rows: 10 });
  store.dispatch(read);
  expect(asked).toHaveLength(0);
  clock.pass(60_000);
  store.dispatch({ type: 'resized', columns: 120, rows: 40 });
  expect([asked.length, after(0)]).toEqual([1, 0]);
  await shows();
  expect([after(399), after(400)]).toEqual([0, 1]);
});

test('others that ask the same have to be shown too, for an answer that is for them', async () => {
  const state = press(inboxOfAlike([120, 40]), 'A').state;
  const { store, shows, after } = watched(state);
  const { alike } = state.overlay?.kind === 'inbox' ? state.overlay : {};
  if (!alike) throw new Error('nobody asks the same');
  expect([wantedAlike(state), after(0)]).toEqual([undefined, 1]);
  store.dispatch({ type: 'alikeRead', alike: { ...alike, at: undefined } });
  expect(after(60_000)).toBe(0);
  await shows();
  expect([after(399), after(400)]).toEqual([0, 1]);
});
