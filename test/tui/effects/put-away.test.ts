import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import { perform } from '../../../source/tui/effects/perform.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { inbox, snoozedFleet } from '../scenes.ts';
import { NOW, viewOf } from '../views.ts';
import { fakeWorld } from './fake-world.ts';

const ID = 'aaaa000001';
const SNOOZE = { type: 'snooze', session: ID, item: 'this', span: 'change' } as const;
const snoozed = { item: 'this', until: undefined, at: NOW };
const away = viewOf({ id: ID, title: 'Alto', status: 'snoozed', minutes: 0, session: { snoozed } });
const back = viewOf({ id: ID, title: 'Alto', status: 'needsYou', activity: { state: 'waiting' } });

test('what was shown is put away, and the next one that waits is shown', async () => {
  const { world, store, asked } = fakeWorld(inbox([120, 40]), { 'session/snooze': () => away });
  await perform(world, SNOOZE);
  expect(asked).toMatchObject([{ method: 'session/snooze', params: { session: ID, item: 'this', until: null } }]);
  expect(store.get()).toMatchObject({
    selected: 'aaaa000002',
    overlay: { kind: 'inbox' },
    putAway: ID,
    message: { text: 'Put "Alto" away until it changes. u brings it back.' },
  });
});

test('who has gone elsewhere meanwhile is left there; one that is refused says why', async () => {
  const closed = reduce(inbox([120, 40]), { type: 'overlayClosed' });
  const { world, store, asked } = fakeWorld(closed, { 'session/snooze': () => away });
  await perform(world, { ...SNOOZE, span: 'hour' });
  expect(asked[0]?.params).toMatchObject({ until: NOW + 3_600_000 });
  expect(store.get()).toMatchObject({ selected: ID, overlay: undefined });
  const refuse = () => {
    throw new TuttiError('conflict', 'It has changed.');
  };
  const other = fakeWorld(inbox([120, 40]), { 'session/snooze': refuse });
  await perform(other.world, SNOOZE);
  expect(other.store.get()).toMatchObject({
    selected: ID,
    putAway: undefined,
    overlay: { kind: 'inbox' },
    message: { tone: 'failure', text: 'It has changed.' },
  });
});

test('what is brought back is shown, in the inbox too', async () => {
  const opened = reduce(snoozedFleet([120, 40]), { type: 'inboxOpened' });
  const { world, store } = fakeWorld(opened, { 'session/wake': () => back });
  await perform(world, { type: 'wake', session: ID });
  expect(store.get()).toMatchObject({
    selected: ID,
    overlay: { kind: 'inbox', read: undefined },
    message: { text: '"Alto" is back: needs you.' },
  });
});

test('a kill is what u undoes from then on', async () => {
  const before = reduce(snoozedFleet([120, 40]), { type: 'putAway', session: ID });
  const { world, store } = fakeWorld(before, { 'session/kill': () => back });
  await perform(world, { type: 'kill', session: 'aaaa000002' });
  expect(store.get().putAway).toBeUndefined();
});
