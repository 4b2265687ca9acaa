import { expect, test } from 'vitest';
import { TuttiError } from '../../../source/protocol/rpc.ts';
import type { AgentQuestion } from '../../../source/session/agent-question.ts';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import { wantedQuestion } from '../../../source/tui/store/inbox.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import { ruleForm } from '../../../source/tui/store/rule-form.ts';
import { inbox, QUESTION } from '../scenes.ts';
import { fleetAt } from '../shown.ts';
import { NOW, viewOf } from '../views.ts';
import { fakeWorld } from './fake-world.ts';

const ID = 'aaaa000001';
const view = viewOf({ id: ID, title: 'Alto' });
const ASKS: AgentQuestion = {
  ...QUESTION,
  text: 'approve Bash: npm test',
  body: ['Bash command', 'npm test', 'Do you want to proceed?'],
  allows: { command: 'npm test', choice: '1' },
};

/** What is kept for a rule, and what is said, after an answer to this question. */
async function after(question: AgentQuestion, choice: string, answers = {}) {
  const opened = reduce(fleetAt([120, 40]), { type: 'inboxOpened' });
  const key = wantedQuestion(opened)?.key ?? '';
  const shown = reduce(opened, { type: 'questionRead', key, question, trouble: undefined, at: NOW - 1000 });
  const before = reduce(shown, { type: 'commandAllowed', allowed: { session: 'before', command: 'ls' } });
  const taken = { view, choice: { key: choice, label: 'Yes', opens: false } };
  const { world, store } = fakeWorld(before, { 'question/answer': () => taken, ...answers });
  await perform(world, { type: 'answer', session: ID, question: question.id, choice, opens: false });
  return [store.get().allowed, store.get().message?.text];
}

test('a rule is offered after a yes to a command for this once, and after nothing else', async () => {
  expect(await after(ASKS, '1')).toEqual([
    { session: ID, command: 'npm test' },
    'Answered "Alto": Yes. Y makes a rule of it',
  ]);
  expect(await after(ASKS, '2')).toEqual([undefined, 'Answered "Alto": Yes']);
  expect(await after(ASKS, '4')).toEqual([undefined, 'Answered "Alto": Yes']);
  const { allows, ...unknown } = ASKS;
  expect(await after(unknown, '1')).toEqual([undefined, 'Answered "Alto": Yes']);
  // What is easily regretted is asked each time.
  expect(await after({ ...QUESTION, allows: { command: 'rm -rf build', choice: '1' } }, '1')).toEqual([
    undefined,
    'Answered "Alto": Yes',
  ]);
});

test('an answer that was refused changes nothing of that', async () => {
  const refuse = () => {
    throw new TuttiError('conflict', 'It has changed.');
  };
  expect(await after(ASKS, '1', { 'question/answer': refuse })).toEqual([
    { session: 'before', command: 'ls' },
    'It has changed.',
  ]);
});

const MAKE: Act = {
  type: 'makeRule',
  session: ID,
  command: 'npm test',
  match: 'exact',
  where: 'session',
  agent: 'claude',
  from: 'inbox',
};
const rule = {
  id: 'r1',
  command: 'npm test',
  match: 'exact',
  agent: 'claude',
  where: { in: 'session', session: ID, name: 'Alto' },
  madeAt: NOW,
  used: 0,
} as const;

test('a rule is made as it was asked for, is told, and the inbox goes on', async () => {
  const form = { ...ruleForm(view.session, 'npm test', 'inbox'), sending: true };
  const state = { ...inbox([120, 40]), overlay: { kind: 'form', form } } as const;
  const { world, store, asked } = fakeWorld(state, { 'rule/add': () => ({ rule }) });
  await perform(world, MAKE);
  const { type, from, ...params } = MAKE as Extract<Act, { type: 'makeRule' }>;
  expect(asked.map(each => each.params)).toEqual([{ operation: expect.any(String), ...params }]);
  expect(store.get()).toMatchObject({
    allowed: undefined,
    overlay: { kind: 'inbox' },
    message: {
      text: 'May run unasked from now on: npm test, in the session "Alto", claude. tutti rules lists and removes rules.',
    },
  });
});

test('a rule that is refused leaves the form as it was', async () => {
  const form = { ...ruleForm(view.session, 'npm test', 'list'), sending: true };
  const { world, store } = fakeWorld(
    { ...fleetAt([120, 40]), overlay: { kind: 'form', form } },
    {
      'rule/add': () => {
        throw new TuttiError('conflict', 'There is that rule already: r1.');
      },
    },
  );
  await perform(world, { ...MAKE, from: 'list' });
  expect(store.get().overlay).toMatchObject({ form: { sending: false, trouble: 'There is that rule already: r1.' } });
});
