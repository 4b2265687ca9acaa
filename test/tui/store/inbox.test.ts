import { expect, test } from 'vitest';
import { countStatuses } from '../../../source/session/order.ts';
import { sheetOf } from '../../../source/tui/app/sheet.ts';
import type { Action } from '../../../source/tui/store/action.ts';
import { readHere, waitingIds, wantedQuestion } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { press } from '../press-keys.ts';
import { inbox, QUESTION } from '../scenes.ts';
import { fleetAt, footerText, stateAt } from '../shown.ts';
import { fleetOf, NOW, pictureFleet, viewOf } from '../views.ts';

const fleet = fleetAt([120, 40]);
const opened = reduce(fleet, { type: 'inboxOpened' });

const ANSWER = { type: 'answer', session: 'aaaa000001', question: QUESTION.id };

test('what waits is walked through from who has waited longest, and not beyond', () => {
  expect(waitingIds(fleet)).toEqual(['aaaa000001', 'aaaa000002', 'aaaa000003']);
  expect(press(fleet, 'a').state).toMatchObject({ selected: 'aaaa000001', overlay: { kind: 'inbox' }, tab: 'agent' });
  expect(press(opened, 'k').state.selected).toBe('aaaa000001');
  expect(press(opened, 'j', 'j', 'j').state.selected).toBe('aaaa000003');
  // It begins where the user stands, if that waits.
  const there = reduce(fleet, { type: 'selected', id: 'aaaa000002' });
  expect(press(there, 'a').state.selected).toBe('aaaa000002');
  const elsewhere = reduce(fleet, { type: 'selected', id: 'aaaa000004' });
  expect(press(elsewhere, 'a').state.selected).toBe('aaaa000001');
});

test('a question is read when it is shown and again when it has changed; an answer to another one is not shown', () => {
  const wanted = wantedQuestion(opened);
  expect(wanted?.session).toBe('aaaa000001');
  expect(wantedQuestion(inbox([120, 40]))).toBeUndefined();
  const stale: Action = {
    type: 'questionRead',
    key: 'old',
    question: QUESTION,
    trouble: undefined,
    at: NOW,
  };
  expect(readHere(reduce(opened, stale))).toBeUndefined();
  const changed = viewOf({
    id: 'aaaa000001',
    status: 'needsYou',
    activity: { state: 'waiting', kind: 'permission', text: 'approve Bash: ls' },
  });
  const after = reduce(inbox([120, 40]), { type: 'sessionChanged', view: changed });
  expect(wantedQuestion(after)?.session).toBe('aaaa000001');
  expect(press(after, '2').acts).toEqual([]);
});

const room = { columns: 60, rows: 24 };

function seen(state: typeof opened): string {
  const { lines = [] } = sheetOf(state, room) ?? {};
  return lines.map(line => line.map(({ text }) => text).join('')).join('\n');
}

test('a question that is longer than the head is whole: it goes on below it', () => {
  const words = Array.from({ length: 40 }, (_, word) => `word${word}`).join(' ');
  const activity = { state: 'waiting', kind: 'question', text: words } as const;
  const asks = reduce(opened, {
    type: 'sessionChanged',
    view: viewOf({ id: 'aaaa000001', status: 'needsYou', line: words, activity }),
  });
  const question = { ...QUESTION, kind: 'question', text: words, body: [words, 'More of it.'] } as const;
  const key = wantedQuestion(asks)?.key ?? '';
  const shown = reduce(asks, { type: 'questionRead', key, question, trouble: undefined, at: NOW });
  const told = seen(shown).replace(/\s+/gu, ' ');
  expect(told).toContain(`${words} More of it.`);
  expect(told.split('word39').length).toBe(2);
});

test('what can be answered in its pane only says why, where that is known', () => {
  const key = wantedQuestion(opened)?.key ?? '';
  const question = { ...QUESTION, body: [], choices: [], inPane: 'it asks several questions at once' };
  const shown = reduce(opened, { type: 'questionRead', key, question, trouble: undefined, at: NOW });
  expect(seen(shown)).toContain('It can be answered in its pane only: enter goes there.');
  expect(seen(shown)).toContain('Not here: it asks several questions at once.');
});

test('whoever denies is told whether its agent goes on', () => {
  const denying = (goesOn: boolean) => {
    const key = wantedQuestion(opened)?.key ?? '';
    const question = { ...QUESTION, goesOn };
    const read = reduce(opened, { type: 'questionRead', key, question, trouble: undefined, at: NOW - 1000 });
    return seen(press(read, 'd').state);
  };
  expect(denying(true)).toContain('claude is told the reason with the no, and goes on by it.');
  expect(denying(false)).toContain('Its turn ends with the no; claude gets the reason as a');
});

test('a long question shows its end, says that there is more, and scrolls up to its beginning', () => {
  const long = { ...QUESTION, body: Array.from({ length: 40 }, (_, row) => `row ${row}.`) };
  const shown = reduce(opened, {
    type: 'questionRead',
    key: wantedQuestion(opened)?.key ?? '',
    question: long,
    trouble: undefined,
    at: NOW,
  });
  expect(seen(shown)).toContain('row 39.');
  expect(seen(shown)).toMatch(/rows \d+-40 of 40, pageUp /u);
  const settled = reduce(shown, { type: 'overlayScrolled', by: (sheetOf(shown, room)?.top ?? 0) - 9999 });
  const top = press(settled, 'pageUp', 'pageUp', 'pageUp', 'pageUp', 'pageUp').state;
  expect(seen(top)).toContain('row 0.');
  expect(seen(top)).toContain('of 40, pageDown');
  // The same question that is read once more stays where it was.
  const again = reduce(top, {
    type: 'questionRead',
    key: wantedQuestion(opened)?.key ?? '',
    question: long,
    trouble: undefined,
    at: NOW,
  });
  expect(seen(again)).toBe(seen(top));
});

test('a digit answers; what is easily regretted has to be pressed twice, a no only once', () => {
  const shown = inbox([120, 40]);
  expect(press(shown, '1').acts).toEqual([]);
  expect(press(shown, '1').state.overlay).toMatchObject({ armed: { key: '1' } });
  expect(press(shown, '1', 'rest', '1').acts).toEqual([{ ...ANSWER, choice: '1', opens: false }]);
  // A key that is held.
  expect(press(shown, '1', '1', '1', '1').acts).toEqual([]);
  expect(press({ ...press(shown, '1').state, now: shown.now + 699 }, '1', '1', '1').acts).toEqual([]);
  expect(press(shown, '1', '1', 'rest', '1').acts).toHaveLength(1);
  expect(press(shown, '1', '2').acts).toEqual([]);
  expect(press(shown, '4').acts).toEqual([{ ...ANSWER, choice: '4', opens: false }]);
  expect(press(shown, '9').acts).toEqual([]);
  // Nothing to be answered yet, or an answer is on its way.
  expect(press(opened, '1', 'rest', '1').acts).toEqual([]);
  expect(press(reduce(shown, { type: 'answerSent' }), '4').acts).toEqual([]);
});

test('a digit that is held answers one question; pressed anew, or another one, it answers the next', () => {
  const first = inbox([120, 40]);
  const answered = reduce(press(first, '4').state, { type: 'answered', session: 'aaaa000001' });
  /** The next question has stood long enough before any key. */
  const key = wantedQuestion(answered)?.key ?? '';
  const question = { ...QUESTION, id: 'next' };
  const next = reduce(answered, { type: 'questionRead', key, question, trouble: undefined, at: NOW - 1000 });
  const after = (ms: number, state = next) => ({ ...state, now: NOW + ms });
  expect(press(after(699), '4').acts).toEqual([]);
  const held = Array.from({ length: 40 }, (_, repeat) => repeat * 30).reduce((state, ms) => {
    const { state: now, acts } = press(after(ms, state), '4');
    expect(acts).toEqual([]);
    return now;
  }, next);
  expect(press(after(39 * 30 + 399, held), '4').acts).toEqual([]);
  expect(press(after(39 * 30 + 400, held), '4').acts).toHaveLength(1);
  expect(press(after(700), '4').acts).toHaveLength(1);
  // Who presses on and on is no held key, of which the first repeat alone comes late.
  expect(press(after(1000, press(after(500), '4').state), '4').acts).toHaveLength(1);
  // Its last key was another one.
  expect(press(after(0), '2', 'rest', '2').acts).toHaveLength(1);
  expect(press(after(30, press(after(0), '9').state), '4').acts).toHaveLength(1);
});

test('d asks for the reason of a no, which is bound to what was shown; esc leads back', () => {
  const shown = inbox([120, 40]);
  const { state } = press(shown, 'd');
  expect(state.overlay).toMatchObject({
    kind: 'form',
    form: { purpose: { name: 'deny', question: QUESTION.id, choice: '4' } },
  });
  expect(press(state, 'enter').state.overlay).toMatchObject({
    form: { trouble: 'Say why not, or what to do instead.' },
  });
  const typed = reduce(state, { type: 'overlayEdited', edit: { type: 'insert', text: 'Use pnpm' } });
  expect(press(typed, 'enter').acts).toEqual([
    { type: 'deny', session: 'aaaa000001', question: QUESTION.id, choice: '4', reason: 'Use pnpm' },
  ]);
  expect(press(typed, 'escape').state).toMatchObject({ selected: 'aaaa000001', overlay: { kind: 'inbox' } });
  // Not before it has stood for a moment, and not where no no takes one.
  const early = { ...shown, now: NOW - 1000 + 399 };
  expect(press(early, 'd').state).toBe(early);
  const { denial, ...none } = QUESTION;
  const key = wantedQuestion(opened)?.key ?? '';
  const other = reduce(opened, { type: 'questionRead', key, question: none, trouble: undefined, at: NOW - 1000 });
  const after = press(other, 'd').state;
  expect(after.overlay).toMatchObject({ kind: 'inbox' });
  expect(after.message?.text).toContain('None of its choices is a no');
});

test('a key that was on its way when the question appeared does nothing', () => {
  const shown = inbox([120, 40]);
  const before = { ...shown, now: NOW - 1000 + 399 };
  expect(press(before, '1')).toMatchObject({ acts: [], state: { overlay: { armed: undefined } } });
  expect(press({ ...before, now: before.now + 1 }, '4').acts).toHaveLength(1);
});

test('after an answer the next one is shown, and after the last one the list', () => {
  const next = reduce(inbox([120, 40]), { type: 'answered', session: 'aaaa000001' });
  expect(next).toMatchObject({ selected: 'aaaa000002', overlay: { kind: 'inbox', sending: false } });
  const alone = fleetAt(
    [120, 40],
    { type: 'sessionRemoved', id: 'aaaa000002' },
    { type: 'sessionRemoved', id: 'aaaa000003' },
    { type: 'inboxOpened' },
  );
  expect(reduce(alone, { type: 'answered', session: 'aaaa000001' }).overlay).toBeUndefined();
});

test('enter goes into the pane of who asks, and selects who does not', () => {
  expect(press(inbox([120, 40]), 'enter').state).toMatchObject({ view: 'pane', overlay: undefined });
  const ready = press(opened, 'j', 'j').state;
  expect(press(ready, 'enter').state).toMatchObject({ view: 'list', overlay: undefined, selected: 'aaaa000003' });
  expect(press(opened, 'escape').state.overlay).toBeUndefined();
});

test('where nothing waits the key says so', () => {
  const calm = fleetAt([120, 40], ...REMOVED, { type: 'fleetCounted', counts: countStatuses([]) });
  expect(press(calm, 'a').state.message?.text).toBe('a (answer) does nothing now: nothing waits for you.');
});

const REMOVED = ['aaaa000001', 'aaaa000002', 'aaaa000003'].map(id => ({ type: 'sessionRemoved', id }) as const);

test('where something waits in other repositories only, all are listed and it opens there', () => {
  const calm = fleetAt([120, 40], ...REMOVED, { type: 'fleetCounted', counts: { ...countStatuses([]), needsYou: 1 } });
  const asked = press(calm, 'a').state;
  expect(asked).toMatchObject({ scope: 'all', overlay: undefined });
  const all: Action = { type: 'fleetWatched', fleet: fleetOf(pictureFleet()) };
  expect(reduce(asked, all)).toMatchObject({ selected: 'aaaa000001', overlay: { kind: 'inbox' } });
  // Who has gone on to something else meanwhile, or back, is not drawn away from it.
  expect(reduce(press(asked, '?').state, all).overlay).toMatchObject({ kind: 'help' });
  expect(reduce(press(asked, 'A').state, all)).toMatchObject({ scope: 'here', overlay: undefined });
  // A later look at the same does not open it again.
  expect(reduce(press(reduce(asked, all), 'escape').state, all).overlay).toBeUndefined();
});

test('also where this repository has no session at all, and there is no word of it where nothing waits', () => {
  const empty = (needsYou: number) =>
    stateAt(
      [120, 40],
      [{ type: 'fleetWatched', fleet: { ...fleetOf([]), counts: { ...countStatuses([]), needsYou } } }],
    );
  expect(press(empty(1), 'a').state).toMatchObject({ scope: 'all', inboxAwaited: true });
  expect(footerText(empty(1))).toContain('a answer');
  expect(footerText(empty(0))).not.toContain('a answer');
});

test('what a filter hides waits all the same', () => {
  const filtered = reduce(fleet, { type: 'filterChanged', filter: 'no such title' });
  expect(press(filtered, 'a').state).toMatchObject({ filter: '', overlay: { kind: 'inbox' }, selected: 'aaaa000001' });
});
