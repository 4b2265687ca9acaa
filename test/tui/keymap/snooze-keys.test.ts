import { expect, test } from 'vitest';
import { itemOf } from '../../../source/session/snooze.ts';
import { footerCommands } from '../../../source/tui/keymap/commands.ts';
import { waitingIds } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { inbox, snoozedFleet } from '../scenes.ts';
import { fleetAt } from '../shown.ts';
import { NOW, viewOf } from '../views.ts';

const ID = 'aaaa000001';
const shown = inbox([120, 40]);

function itemIn(state: State): string {
  const view = state.sessions.get(ID);
  if (!view) throw new Error('it is not there');
  return itemOf(view);
}

test('s in the inbox asks for how long; a letter puts away what was shown, and leads back to the inbox', () => {
  const asked = press(shown, 's');
  expect(asked.state.overlay).toEqual({
    kind: 'question',
    question: { ask: 'snooze', session: ID, item: itemIn(shown), from: 'inbox' },
  });
  const spans = ['m', 'h', 't', 'c'].map(letter => press(asked.state, letter));
  expect(spans.map(({ acts }) => acts)).toEqual(
    ['tenMinutes', 'hour', 'tomorrow', 'change'].map(span => [
      { type: 'snooze', session: ID, item: itemIn(shown), span },
    ]),
  );
  expect(spans[0]?.state).toMatchObject({ selected: ID, overlay: { kind: 'inbox' } });
  const no = press(asked.state, 'escape');
  expect(no).toMatchObject({ acts: [], state: { selected: ID, overlay: { kind: 'inbox' } } });
  // A digit that comes late answers nobody, and the question is not there before it has stood anew.
  expect(press(asked.state, '1', '4').acts).toEqual([]);
  expect(press(asked.state, 'c', '4', '4').acts).toHaveLength(1);
});

test('what is put away waits no more: it is walked past, counted nowhere, and has a heading of its own', () => {
  const state = snoozedFleet([120, 40]);
  expect(waitingIds(state)).toEqual(['aaaa000002', 'aaaa000003']);
  expect(state.sections.map(({ group, ids }) => [group, ids]).find(([group]) => group === 'snoozed')).toEqual([
    'snoozed',
    [ID],
  ]);
  // Also with a prompt that came to nothing.
  const outbox = [{ id: 'p', state: 'undelivered' }] as never;
  const undelivered = viewOf({ id: 'aaaa000004', status: 'snoozed', session: { outbox } });
  expect(waitingIds(reduce(state, { type: 'sessionChanged', view: undelivered }))).not.toContain('aaaa000004');
});

test('u brings back what was put away last: in the inbox whatever it was, in the list if nothing was killed since', () => {
  const state = snoozedFleet([120, 40]);
  const opened = reduce(state, { type: 'inboxOpened' });
  expect(press(opened, 'u').acts).toEqual([{ type: 'wake', session: ID }]);
  expect(press(shown, 'u').state.message?.text).toBe('Nothing is put away.');
  expect(press(state, 'u').acts).toEqual([{ type: 'undo' }]);
  const own = reduce(state, { type: 'putAway', session: ID });
  expect(press(own, 'u').acts).toEqual([{ type: 'wake', session: ID }]);
  expect(footerCommands(own).some(({ id }) => id === 'undo')).toBe(true);
  expect(press(reduce(own, { type: 'putAway', session: undefined }), 'u').acts).toEqual([{ type: 'undo' }]);
  // It has come back by itself.
  const back = reduce(own, { type: 'sessionChanged', view: viewOf({ id: ID, status: 'needsYou' }) });
  expect(press(back, 'u').acts).toEqual([{ type: 'undo' }]);
});

test('Z puts the selected session away or brings it back, and says why it can not', () => {
  const fleet = fleetAt([120, 40], { type: 'selected', id: ID });
  const asked = press(fleet, 'Z').state;
  expect(asked.overlay).toMatchObject({ question: { ask: 'snooze', from: 'list' } });
  expect(press(asked, 'h').state.overlay).toBeUndefined();
  const away = reduce(snoozedFleet([120, 40]), { type: 'selected', id: ID });
  expect(press(away, 'Z').acts).toEqual([{ type: 'wake', session: ID }]);
  const working = fleetAt([120, 40], { type: 'selected', id: 'aaaa000004' });
  expect(press(working, 'Z').state.message?.text).toBe('Z (later) does nothing now: it does not wait for you.');
});

test('U marks an end as unread that was looked at', () => {
  const ended = (seenAt: number | undefined) =>
    viewOf({
      id: ID,
      status: 'idle',
      activity: { state: 'idle', outcome: 'error', since: NOW - 1000 },
      session: { seenAt },
    });
  const at = (seenAt: number | undefined) =>
    fleetAt([120, 40], { type: 'sessionChanged', view: ended(seenAt) }, { type: 'selected', id: ID });
  expect(press(at(NOW), 'U').acts).toEqual([{ type: 'markUnread', session: ID }]);
  expect(press(at(undefined), 'U').state.message?.text).toBe(
    'U (unread) does nothing now: it has come to no end that you have looked at.',
  );
});
