import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import { keepQuestion } from '../../../source/tui/effects/keep-question.ts';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import { readHere } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { denyForm } from '../../../source/tui/store/session-forms.ts';
import { inbox, QUESTION } from '../scenes.ts';
import { fleetAt } from '../shown.ts';
import { viewOf } from '../views.ts';
import { fakeWorld, settled } from './fake-world.ts';

const answer = (given: Partial<Extract<Act, { type: 'answer' }>> = {}): Act => ({
  type: 'answer',
  session: 'aaaa000001',
  question: QUESTION.id,
  choice: '4',
  opens: false,
  ...given,
});
const working = viewOf({ id: 'aaaa000001', title: 'Fix flaky checkout test', status: 'working' });
const taken = { view: working, choice: { key: '4', label: 'No', opens: false } };

test('the question of who is shown is read once, and again after a refusal', async () => {
  const questions = [{ question: QUESTION }, { question: null }];
  const { world, store, methods } = fakeWorld(fleetAt([120, 40]), { 'question/read': () => questions.shift() });
  const end = keepQuestion(world);
  store.dispatch({ type: 'inboxOpened' });
  await settled();
  expect(readHere(store.get())?.question).toEqual(QUESTION);
  store.dispatch({ type: 'ticked', now: store.get().now + 1000 });
  await settled();
  expect(methods()).toEqual(['question/read']);
  store.dispatch({ type: 'answerRefused' });
  await settled();
  expect(methods()).toEqual(['question/read', 'question/read']);
  expect(readHere(store.get())).toMatchObject({ question: undefined });
  end();
});

test('an answer is bound to what is shown, is said, and the next one comes', async () => {
  const { world, asked, store } = fakeWorld(inbox([120, 40]), { 'question/answer': () => taken });
  await perform(world, answer());
  expect(asked).toEqual([
    {
      method: 'question/answer',
      params: { operation: 'op-2', session: 'aaaa000001', question: QUESTION.id, choice: '4', byKey: true },
    },
  ]);
  expect(store.get()).toMatchObject({
    selected: 'aaaa000002',
    overlay: { kind: 'inbox', sending: false },
    message: { text: 'Answered "Fix flaky checkout test": No' },
  });
});

test('a no goes with its reason, and the next one comes; one that is refused keeps the form', async () => {
  const purpose = { session: 'aaaa000001', question: QUESTION.id, choice: '4' };
  const form = { ...denyForm({ ...purpose, goesOn: false }), sending: true };
  const typing = reduce(inbox([120, 40]), { type: 'overlayOpened', overlay: { kind: 'form', form } });
  const act: Act = { type: 'deny', ...purpose, reason: 'Use pnpm' };
  const { world, asked, store } = fakeWorld(typing, { 'question/answer': () => taken });
  await perform(world, act);
  expect(asked).toMatchObject([{ method: 'question/answer', params: { ...purpose, reason: 'Use pnpm' } }]);
  expect(store.get()).toMatchObject({ selected: 'aaaa000002', overlay: { kind: 'inbox' } });
  expect(store.get().message?.text).toBe('Denied "Fix flaky checkout test"; its agent is told why.');
  const refused = fakeWorld(typing, {
    'question/answer': () => {
      throw new TuttiError('conflict', 'It asks something else.');
    },
  });
  await perform(refused.world, act);
  expect(refused.store.get().overlay).toMatchObject({
    kind: 'form',
    form: { sending: false, trouble: 'It asks something else.' },
  });
});

test('where words have to follow, its pane gets the keys', async () => {
  const { world, store } = fakeWorld(inbox([120, 40]), { 'question/answer': () => taken });
  await perform(world, answer({ choice: '3', opens: true }));
  expect(store.get()).toMatchObject({ selected: 'aaaa000001', view: 'pane', overlay: undefined });
});

test('one that is refused says why, and is read anew', async () => {
  const refuse = () => {
    throw new TuttiError('conflict', 'Could not answer "x": its question has changed.');
  };
  const { world, store } = fakeWorld(inbox([120, 40]), { 'question/answer': refuse });
  await perform(world, answer());
  expect(store.get()).toMatchObject({
    selected: 'aaaa000001',
    overlay: { kind: 'inbox', sending: false, read: undefined },
    message: { tone: 'failure', text: 'Could not answer "x": its question has changed.' },
  });
});
