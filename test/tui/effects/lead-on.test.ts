import { expect, onTestFinished, test } from 'vitest';
import { leadOn } from '../../../source/tui/effects/lead-on.ts';
import type { Action } from '../../../source/tui/store/action.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import { fleetAt } from '../shown.ts';
import { viewOf } from '../views.ts';
import { fakeClock } from './fake-world.ts';

/** The inbox on the first of the three that wait, which asks. */
function inbox(...actions: readonly Action[]) {
  const store = createStore(fleetAt([120, 40], ...actions, { type: 'inboxOpened' }));
  const clock = fakeClock(0);
  onTestFinished(leadOn({ store, now: clock.now }, clock.setDeadline));
  return { store, pass: clock.pass };
}

const changed = (status: 'idle' | 'needsYou' | 'failed'): Action => ({
  type: 'sessionChanged',
  view: viewOf({ id: 'aaaa000001', title: 'Fix flaky checkout test', status, minutes: 0 }),
});

test('what the inbox shows and is asked no more makes way for the next one, not for a torn frame, and that is said', () => {
  const { store, pass } = inbox();
  store.dispatch(changed('idle'));
  pass(999);
  store.dispatch(changed('needsYou'));
  pass(5000);
  store.dispatch(changed('idle'));
  pass(999);
  expect(store.get().selected).toBe('aaaa000001');
  pass(1);
  expect(store.get()).toMatchObject({ selected: 'aaaa000002', overlay: { kind: 'inbox', read: undefined } });
  const text = '"Fix flaky checkout test" asks no more.';
  expect(store.get().message).toEqual({ tone: 'info', text, at: 999 + 5000 + 1000 });
});

test('where nobody else waits it stays, until somebody does', () => {
  const { store, pass } = inbox(...OTHERS.map(id => ({ type: 'sessionRemoved', id }) as const));
  store.dispatch(changed('idle'));
  pass(5000);
  expect(store.get()).toMatchObject({ selected: 'aaaa000001', overlay: { kind: 'inbox' } });
  store.dispatch({ type: 'sessionChanged', view: viewOf({ id: 'aaaa000002', status: 'needsYou', minutes: 0 }) });
  pass(1000);
  expect(store.get().selected).toBe('aaaa000002');
});

const OTHERS = ['aaaa000002', 'aaaa000003'];

test('an answer of this screen leads on by its own end, and what has failed meanwhile stays', () => {
  const sent = inbox();
  sent.store.dispatch({ type: 'answerSent' });
  sent.store.dispatch(changed('idle'));
  sent.pass(5000);
  expect(sent.store.get()).toMatchObject({ selected: 'aaaa000001', overlay: { sending: true } });
  const failed = inbox();
  failed.store.dispatch(changed('failed'));
  failed.pass(5000);
  expect(failed.store.get()).toMatchObject({ selected: 'aaaa000001', overlay: { kind: 'inbox' } });
});

test('what did not ask is left to the keys, whatever becomes of it', () => {
  const { store, pass } = inbox();
  store.dispatch({ type: 'inboxMoved', by: 1 });
  store.dispatch({ type: 'inboxMoved', by: 1 });
  const id = store.get().selected ?? '';
  expect(store.get().sessions.get(id)?.activity.state).not.toBe('waiting');
  store.dispatch({ type: 'sessionChanged', view: viewOf({ id, status: 'idle', minutes: 0 }) });
  pass(5000);
  expect(store.get()).toMatchObject({ selected: id, overlay: { kind: 'inbox' } });
});
