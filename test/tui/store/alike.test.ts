import { expect, test } from 'vitest';
import { sheetOf } from '../../../source/tui/app/sheet.ts';
import { alikeHere, wantedAlike } from '../../../source/tui/store/alike.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { inboxOfAlike, inboxOfThree, QUESTION } from '../scenes.ts';
import { NOW, viewOf } from '../views.ts';

const SIZE = [120, 40] as const;
const [FIRST, SECOND, THIRD] = ['aaaa000001', 'aaaa000007', 'aaaa000008'] as const;
const BOUND = [
  { session: FIRST, question: QUESTION.id },
  { session: SECOND, question: 'second' },
  { session: THIRD, question: 'third' },
];

const sheet = (state: State) =>
  sheetOf(state, { columns: 80, rows: 30 })
    ?.lines.map(line => line.map(({ text }) => text).join(''))
    .join('\n') ?? '';

test('who may ask the same is read once, and again when one of them has changed', () => {
  const wanted = wantedAlike(inboxOfThree(SIZE));
  expect(wanted).toMatchObject({ question: QUESTION, sessions: [SECOND, THIRD] });
  const shown = inboxOfAlike(SIZE);
  expect(wantedAlike(shown)).toBeUndefined();
  expect(alikeHere(shown).map(({ session }) => session)).toEqual([SECOND, THIRD]);
  const gone = reduce(shown, { type: 'sessionRemoved', id: THIRD });
  expect(wantedAlike(gone)).toMatchObject({ sessions: [SECOND] });
  expect(alikeHere(gone)).toEqual([]);
});

test('A says for whom the next answer is; a digit gives it to all of them, each bound to its own question', () => {
  const shown = inboxOfAlike(SIZE);
  expect(sheet(shown)).toContain('A  2 more ask the same: Second, Third');
  expect(press(shown, '4').acts).toMatchObject([{ type: 'answer', session: FIRST }]);
  const all = press(shown, 'A').state;
  expect(sheet(all)).toContain('A  2 more get the answer too: Second, Third');
  expect(press(all, '4').acts).toEqual([{ type: 'answerAll', asks: BOUND, choice: '4' }]);
  expect(press(all, 'A', '4').acts).toMatchObject([{ type: 'answer', session: FIRST }]);
});

test('what is easily regretted has to be pressed twice for them too, and once more when others have come', () => {
  const all = press(inboxOfAlike(SIZE), 'A').state;
  expect(press(all, '1').acts).toEqual([]);
  expect(press(all, '1', 'rest', '1').acts).toEqual([{ type: 'answerAll', asks: BOUND, choice: '1' }]);
  expect(press(all, '1', 'A', 'rest', '1').acts).toEqual([]);
  const armed = press(all, '1').state;
  const alike = armed.overlay?.kind === 'inbox' ? armed.overlay.alike : undefined;
  if (!alike) throw new Error('nobody asks the same');
  const less = reduce(armed, { type: 'alikeRead', alike: { ...alike, others: alike.others.slice(0, 1), at: NOW } });
  // Dead until these have stood for a moment.
  expect(press({ ...less, now: NOW + 399 }, '1').acts).toEqual([]);
  expect(press({ ...less, now: NOW + 400 }, '4').acts).toHaveLength(1);
  const later = { ...less, now: NOW + 700 };
  expect(press(later, '1').acts).toEqual([]);
  expect(press(later, '1', 'rest', '1').acts).toEqual([{ type: 'answerAll', asks: BOUND.slice(0, 2), choice: '1' }]);
});

test('where nobody asks the same any more before they were shown, the answer is for the one', () => {
  const all = press(inboxOfAlike(SIZE), 'A').state;
  const { alike } = all.overlay?.kind === 'inbox' ? all.overlay : {};
  if (!alike) throw new Error('nobody asks the same');
  const read = reduce(all, { type: 'alikeRead', alike: { ...alike, at: undefined } });
  expect(press(read, '4').acts).toEqual([]);
  const alone = [SECOND, THIRD].reduce((state, id) => reduce(state, { type: 'sessionRemoved', id }), read);
  expect(press(alone, '4').acts).toMatchObject([{ type: 'answer', session: FIRST }]);
});

test('a choice that names something else there, or takes words, is not made for all', () => {
  const all = press(inboxOfAlike(SIZE), 'A').state;
  const always = press(all, '2', '2');
  expect(always.acts).toEqual([]);
  expect(always.state.message?.text).toBe('This choice is not the same for "Third": answer them one by one.');
  expect(press(all, '3').state.message?.text).toContain('Words have to follow this choice in each pane');
});

test('nothing is answered while it is not known who they are; where nobody asks the same the key says so', () => {
  const all = press(inboxOfAlike(SIZE), 'A').state;
  const changed = viewOf({ id: THIRD, status: 'needsYou', activity: { state: 'waiting', kind: 'question' } });
  expect(press(reduce(all, { type: 'sessionChanged', view: changed }), '4').acts).toEqual([]);
  const alone = [SECOND, THIRD].reduce((state, id) => reduce(state, { type: 'sessionRemoved', id }), all);
  expect(press(alone, '4').acts).toMatchObject([{ type: 'answer', session: FIRST }]);
  expect(press(alone, 'A').state.message?.text).toBe('No other session of this repository asks the same.');
});

test('another question begins with an answer for it alone; a no with a reason is for them too', () => {
  const all = press(inboxOfAlike(SIZE), 'A').state;
  expect(press(all, 'j', 'k').state.overlay).toMatchObject({ kind: 'inbox', toAll: false });
  const denied = press(all, 'd').state;
  expect(sheet(denied)).toContain('Deny "Fix flaky checkout test" and 2 more');
  const typed = reduce(denied, { type: 'overlayEdited', edit: { type: 'insert', text: 'Use pnpm' } });
  const [first, ...others] = BOUND;
  expect(press(typed, 'enter').acts).toEqual([{ type: 'deny', ...first, choice: '4', reason: 'Use pnpm', others }]);
});
