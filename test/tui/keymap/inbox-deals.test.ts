import { expect, test } from 'vitest';
import { dealsHere } from '../../../source/tui/keymap/inbox-deals.ts';
import { waitingIds, wantedQuestion } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { retractable } from '../../../source/tui/store/select.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { fleetAt, footerText, stateAt } from '../shown.ts';
import { fleetOf, promptOf, viewOf } from '../views.ts';

const [FIRST, SECOND] = ['aaaa000001', 'aaaa000002'];

/** The inbox on what waits first, as it stands when it is opened. */
function opened(...views: readonly ReturnType<typeof viewOf>[]): State {
  return reduce(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }]), { type: 'inboxOpened' });
}

/** It has stood there for so long, in milliseconds. */
function stood(state: State, ms = 1000): State {
  const key = wantedQuestion(state)?.key ?? '';
  return reduce(state, { type: 'questionRead', key, question: undefined, trouble: undefined, at: state.now - ms });
}

const failing = (id: string) =>
  viewOf({
    id,
    status: 'failed',
    refused: { restart: 'its agent runs', takeOver: undefined },
    session: { run: { stage: { name: 'stopped', why: 'checkFailed', text: '', at: 0 } } as never },
  });

const outbox = [promptOf({ id: 'p', state: 'undelivered', text: 'Rebase it', why: 'the agent ended' })];
const undelivered = viewOf({ id: FIRST, status: 'needsYou', session: { outbox } });
const ready = fleetAt([120, 40], { type: 'selected', id: 'aaaa000003' });

const keys = (state: State) => dealsHere(state).map(({ key }) => key);

test('what asks nothing is dealt with where it is shown, by the keys that it has in the list and that are of use', () => {
  expect(keys(opened(failing(FIRST)))).toEqual(['t', 'i']);
  expect(keys(opened(undelivered))).toEqual(['X', 'x', 'i']);
  expect(keys(reduce(ready, { type: 'inboxOpened' }))).toEqual(['m', 'p', 'd', 'c', 'i']);
  // A question has its choices.
  expect(keys(reduce(fleetAt([120, 40]), { type: 'inboxOpened' }))).toEqual([]);
});

test('a key acts once it has stood for a moment, on what is shown, whatever is marked', () => {
  const state = opened(failing(FIRST), failing(SECOND));
  expect(press(state, 't').acts).toEqual([]);
  expect(press(stood(state, 399), 't').acts).toEqual([]);
  expect(press(stood(state, 400), 't').acts).toHaveLength(1);
  const marked = reduce(stood(state), { type: 'markToggled', id: SECOND });
  expect(press(marked, 't').acts).toEqual([{ type: 'takeOver', session: FIRST }]);
  expect(press(marked, 'i').state.overlay).toMatchObject({ form: { purpose: { sessions: [FIRST] } } });
  expect(press(marked, 'm', 'x').acts).toEqual([]);
  const { acts } = press(stood(opened(undelivered)), 'x');
  expect(acts).toEqual([{ type: 'withdrawPrompt', session: FIRST, prompt: 'p' }]);
  // What is edited waits no more before its form is there: nothing goes on until then, whatever was begun before.
  const edited = press({ ...stood(opened(undelivered)), dealing: FIRST }, 'X');
  expect(edited).toMatchObject({ acts: [{ type: 'editWaiting' }], state: { dealing: undefined } });
});

test('the footer names the keys that do something with what is shown', () => {
  expect(footerText(opened(failing(FIRST)))).toMatch(/^ s later {3}↓ next {3}enter go to it {3}esc close *$/u);
  expect(footerText(reduce(ready, { type: 'inboxOpened' }))).toContain('tab diff');
  expect(footerText(reduce(fleetAt([120, 40]), { type: 'inboxOpened' }))).toContain('1 to 9 answer   d deny, say why');
});

test('what was dealt with leads on to the next when it waits no more, and closes the inbox after the last', () => {
  const begun = press(stood(opened(failing(FIRST), failing(SECOND))), 't').state;
  expect(begun).toMatchObject({ selected: FIRST, overlay: { kind: 'inbox' } });
  const next = reduce(begun, { type: 'sessionChanged', view: viewOf({ id: FIRST }) });
  expect(next).toMatchObject({ selected: SECOND, overlay: { kind: 'inbox', read: undefined }, dealing: undefined });
  // A key that is held deals with one of them.
  expect(press(stood(next), 't').acts).toEqual([]);
  const last = reduce(press(stood(next), 'rest', 't').state, { type: 'sessionChanged', view: viewOf({ id: SECOND }) });
  expect(last.overlay).toBeUndefined();
});

test('what ends by itself is not taken from under the eye; j goes on, and closes where nothing waits', () => {
  const state = stood(opened(failing(FIRST), failing(SECOND)));
  const ended = reduce(state, { type: 'sessionChanged', view: viewOf({ id: FIRST }) });
  expect(ended).toMatchObject({ selected: FIRST, overlay: { kind: 'inbox' } });
  expect(press(ended, 'j').state.selected).toBe(SECOND);
  const none = reduce(ended, { type: 'sessionChanged', view: viewOf({ id: SECOND }) });
  expect(press(none, 'j').state.overlay).toBeUndefined();
});

test('what is ready is sent back by the key that says no with words elsewhere in the inbox', () => {
  const state = reduce(ready, { type: 'inboxOpened' });
  expect(press(state, 'd').state.overlay).toMatchObject({ kind: 'inbox' });
  const form = press(stood(state), 'd').state;
  expect(form.overlay).toMatchObject({ form: { purpose: { name: 'sendBack', session: 'aaaa000003' } } });
  expect(press(stood(opened(failing(FIRST))), 'd')).toMatchObject({ acts: [], state: { overlay: { kind: 'inbox' } } });
});

test('a form or a question that was opened there leads back, said yes or no to; who closes the inbox has done with it', () => {
  const asked = press(stood(reduce(ready, { type: 'inboxOpened' })), 'm').state;
  expect(asked.overlay).toMatchObject({ kind: 'question', question: { ask: 'merge' } });
  const no = press(asked, 'escape').state;
  expect(no).toMatchObject({ selected: 'aaaa000003', overlay: { kind: 'inbox' } });
  const yes = press(asked, 'y');
  expect(yes.acts).toMatchObject([{ type: 'merge', session: 'aaaa000003' }]);
  expect(yes.state.overlay).toMatchObject({ kind: 'inbox' });
  const closed = press(no, 'escape').state;
  expect(closed).toMatchObject({ overlay: undefined, dealing: undefined });
  // By the time that the form is sent its session works again.
  const form = press(stood(opened(failing(FIRST), failing(SECOND))), 'i').state;
  const works = reduce(form, { type: 'sessionChanged', view: viewOf({ id: FIRST, status: 'working' }) });
  expect(works.overlay).toMatchObject({ kind: 'form' });
  expect(reduce(works, { type: 'formDone' })).toMatchObject({ selected: SECOND, overlay: { kind: 'inbox' } });
});

test('a prompt that came to nothing can be taken back, and waits no more when another one has arrived since', () => {
  expect(retractable(undelivered)?.id).toBe('p');
  const later = promptOf({ id: 'q', state: 'queued', at: (outbox[0]?.at ?? 0) + 1 });
  expect(retractable(viewOf({ id: FIRST, session: { outbox: [...outbox, later] } }))?.id).toBe('q');
  const arrived = promptOf({ id: 'q', state: 'begun', stateAt: (outbox[0]?.stateAt ?? 0) + 1 });
  const over = viewOf({ id: FIRST, session: { outbox: [...outbox, arrived] } });
  expect(retractable(over)).toBeUndefined();
  expect(waitingIds(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf([undelivered]) }]))).toEqual([FIRST]);
  expect(waitingIds(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf([over]) }]))).toEqual([]);
});
