import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import { keepTurns } from '../../../source/tui/effects/keep-turns.ts';
import { fleetAt } from '../shown.ts';
import { NOW, viewOf } from '../views.ts';
import { fakeWorld } from './fake-world.ts';

const FOUND = { id: 'aaaa000001', title: 'Fix', agent: 'claude', history: null, file: null, why: 'nothing yet' };
const OPEN = {
  type: 'overlayOpened',
  overlay: { kind: 'turns', session: 'aaaa000001', found: undefined, trouble: undefined, top: 0 },
} as const;

test('it is read when it is opened, again when the status changes, and not when it is closed', async () => {
  const { world, asked, store } = fakeWorld(fleetAt([120, 40]), { 'session/history': () => FOUND });
  const end = keepTurns(world);
  store.dispatch(OPEN);
  store.dispatch({ type: 'ticked', now: NOW + 1000 });
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual([{ method: 'session/history', params: { session: 'aaaa000001' } }]);
  expect(store.get().overlay).toMatchObject({ kind: 'turns', found: FOUND });
  store.dispatch({ type: 'sessionChanged', view: viewOf({ id: 'aaaa000001', status: 'idle', minutes: 0 }) });
  expect(asked).toHaveLength(2);
  store.dispatch({ type: 'overlayClosed' });
  store.dispatch({ type: 'sessionChanged', view: viewOf({ id: 'aaaa000001', status: 'working', minutes: 0 }) });
  expect(asked).toHaveLength(2);
  // Opened once more it is read anew.
  store.dispatch(OPEN);
  expect(asked).toHaveLength(3);
  end();
});

test('where it can not be read it is said why', async () => {
  const { world, store } = fakeWorld(fleetAt([120, 40]), {
    'session/history': () => {
      throw new TuttiError('notSupported', 'This daemon does not know session/history: start the newer tutti.');
    },
  });
  keepTurns(world);
  store.dispatch(OPEN);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  expect(store.get().overlay).toMatchObject({ trouble: expect.stringContaining('does not know') });
});
