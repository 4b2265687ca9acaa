import { expect, test } from 'vitest';
import type { Activity } from '../../source/session/activity.ts';
import { choiceOf } from '../../source/session/agent-question.ts';
import { type Ask, activityOfAsk, checkAsk, questionOfAsk } from '../../source/session/ask.ts';
import { INVISIBLE } from '../tui/text/invisible.ts';

const ask: Ask = { id: 'q1', lines: ['Which one?', 'Both work.'], labels: ['npm', 'pnpm'], at: 7 };
const busy: Activity = {
  state: 'busy',
  kind: undefined,
  outcome: undefined,
  text: 'running',
  since: 3,
  evidence: [{ source: 'osc7501', claim: 'working', at: 3, agrees: true }],
};

test('a question is plain text, with yes and no where no choices are given', () => {
  expect(checkAsk(' Drop \x1b[31mit\u202e?\n\tAll of it. ', [])).toEqual({
    lines: ['Drop it?', '  All of it.'],
    labels: ['Yes', 'No'],
  });
  expect(checkAsk('Which?', ['a\nb', ' c '])).toEqual({ lines: ['Which?'], labels: ['a b', 'c'] });
});

test.each([
  ['\x1b[0m', ['a'], 'A question needs at least one visible character.'],
  ['Which?', [''], 'A choice needs at least one visible character.'],
  ['Which?', Array.from({ length: 10 }, (_, at) => `${at}`), 'A question may have 9 choices, not 10.'],
  ['\u3164', ['a'], 'A question needs at least one visible character.'],
  ['Which?', ['a', '\u{e0041}'], 'A choice needs at least one visible character.'],
  ['Which?', ['Yes', 'no', 'yes\u200d'], 'Two choices are called "yes\u200d": nobody could tell which one was meant.'],
  ['Which?', ['Yes', 'no', 'yes'], 'Two choices are called "yes": nobody could tell which one was meant.'],
  ['Which?', ['x'.repeat(201)], 'A choice may have 200 characters, not 201.'],
  ['x\n'.repeat(41), [], 'A question may have 40 lines, not 41.'],
])('%j with %j is refused', (question, choices, problem) => {
  expect(checkAsk(question, choices)).toEqual({ problem });
});

test.each(INVISIBLE)('a choice of nothing but %j is refused', character => {
  const problem = 'A choice needs at least one visible character.';
  expect(checkAsk('Which?', ['a', character])).toEqual({ problem });
  expect(checkAsk('Which?', ['a', ` ${character}\ufe0f${character} `])).toEqual({ problem });
});

test('it is shown as what agents ask is, with a digit for each choice', () => {
  expect(questionOfAsk(ask)).toEqual({
    id: 'q1',
    kind: 'question',
    text: 'Which one?',
    body: ['Both work.'],
    choices: [
      { key: '1', label: 'npm', opens: false },
      { key: '2', label: 'pnpm', opens: false },
    ],
  });
  expect(choiceOf(questionOfAsk(ask), '2')?.label).toBe('pnpm');
  expect(choiceOf(questionOfAsk(ask), 'pn')?.label).toBe('pnpm');
  expect(choiceOf(questionOfAsk(ask), '3')).toBeUndefined();
});

test('who asks waits, whatever else it says; but its own dialog comes first', () => {
  expect(activityOfAsk(ask, busy)).toMatchObject({
    state: 'waiting',
    kind: 'question',
    text: 'Which one? npm · pnpm',
    since: 7,
    evidence: [{ source: 'ask' }, { source: 'osc7501' }],
  });
  const dialog = { ...busy, state: 'waiting', kind: 'permission' } as const;
  expect(activityOfAsk(ask, dialog)).toBe(dialog);
});
