import { expect, test } from 'vitest';
import { opencodeAsks } from '../../source/agents/opencode-asks.ts';
import { riskOf } from '../../source/session/risk.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

/** As `GET /permission` and `GET /question` of 1.18.33 said them. */
const BASH = {
  id: 'per_22348c6de0019c1S8dvUbBEnIa',
  sessionID: 'ses_1',
  permission: 'bash',
  patterns: ['touch a.txt', 'sh -c "rm -rf dist"', 'echo second'],
  metadata: { command: 'touch a.txt && sh -c "rm -rf dist"\necho second' },
  always: ['touch *', 'sh *', 'echo *'],
};
const EDIT = {
  id: 'per_2234910a3001dEqsepPIXLGpJ8',
  permission: 'edit',
  patterns: ['x/b.txt'],
  metadata: {
    filepath: '/shop/x/b.txt',
    diff: 'Index: /shop/x/b.txt\n=====\n--- /shop/x/b.txt\n+++ /shop/x/b.txt\n@@ -0,0 +1,1 @@\n+one\n',
  },
  always: ['*'],
};
const OUTSIDE = {
  id: 'per_2234ba172001rLtu3U3Q8nAW27',
  permission: 'external_directory',
  patterns: ['/etc/*'],
  metadata: { directories: ['/etc'] },
  always: ['/etc/*'],
};
const COLOR = {
  question: 'Which color\nof the two?',
  header: 'Mock',
  options: [
    { label: 'red', description: 'choose red' },
    { label: 'blue', description: '' },
  ],
  multiple: false,
};
const QUESTION = { id: 'que_223492613001K9jVD9EgJiOzUc', sessionID: 'ses_1', questions: [COLOR] };

const asked = (name: string, data: Readonly<Record<string, unknown>>): Happening => ({ hook: name, data });
const questionAsked = asked('question.asked', QUESTION);
const NOTHING = hostStatusAfter([]);

function first(lists: readonly unknown[], status = NOTHING) {
  const found = opencodeAsks.asked(lists, status);
  if (!found) throw new Error('it asks nothing');
  return found;
}

test('a permission is shown with all that it is about, and each choice has its reply', () => {
  const { id, question, reply } = first([[BASH], []]);
  expect(id).toBe(BASH.id);
  expect(question).toEqual({
    kind: 'permission',
    text: 'approve bash: touch a.txt sh -c "rm -rf dist" echo second',
    body: [
      'touch a.txt && sh -c "rm -rf dist"',
      'echo second',
      '',
      'Allow always covers, for bash:',
      '  touch *',
      '  sh *',
      '  echo *',
    ],
    choices: [
      { key: '1', label: 'Allow once', opens: false },
      { key: '2', label: 'Allow always', holds: 'until this opencode ends', opens: false },
      { key: '3', label: 'Reject', opens: false },
    ],
    denial: '3',
    goesOn: true,
  });
  const path = `/permission/${BASH.id}/reply`;
  expect(['1', '2', '3', '4'].map(key => reply(key, undefined))).toEqual([
    { path, body: { reply: 'once' }, taken: 'true' },
    { path, body: { reply: 'always' }, taken: 'true' },
    { path, body: { reply: 'reject' }, taken: 'true' },
    undefined,
  ]);
  expect(reply('3', 'Use mkdir')?.body).toEqual({ reply: 'reject', message: 'Use mkdir' });
});

test('what it may do that is easily regretted is seen in the command, and a refusal is none', () => {
  const { question } = first([[BASH], []]);
  const risks = question.choices.map(choice => riskOf(question, choice));
  expect(risks).toEqual(['deletes without asking', 'deletes without asking', undefined]);
});

test('a change is shown whole, and what it is for where nothing else says it', () => {
  expect(first([[EDIT], []]).question.body).toEqual([
    'filepath: /shop/x/b.txt',
    '--- /shop/x/b.txt',
    '+++ /shop/x/b.txt',
    '@@ -0,0 +1,1 @@',
    '+one',
    '',
    'Allow always covers, for edit:',
    '  *',
  ]);
  expect(first([[OUTSIDE], []]).question.body).toEqual([
    'directories: ["/etc"]',
    '/etc/*',
    '',
    'Allow always covers, for external_directory:',
    '  /etc/*',
  ]);
});

test('a question has its choices and one that dismisses it', () => {
  const { question, reply } = first([[], [QUESTION]]);
  expect(question).toEqual({
    kind: 'question',
    text: 'Which color',
    body: ['Which color', 'of the two?'],
    choices: [
      { key: '1', label: 'red', more: 'choose red', opens: false },
      { key: '2', label: 'blue', opens: false },
      { key: '3', label: 'Dismiss', more: 'its turn ends without an answer', opens: false },
    ],
  });
  expect(['2', '3', '4', 'x'].map(key => reply(key, undefined))).toEqual([
    { path: `/question/${QUESTION.id}/reply`, body: { answers: [['blue']] }, taken: 'true' },
    { path: `/question/${QUESTION.id}/reject`, body: {}, taken: 'true' },
    undefined,
    undefined,
  ]);
});

test.each([
  ['several questions', { ...QUESTION, questions: [COLOR, COLOR] }, 'it asks several questions at once'],
  [
    'one with several answers',
    { ...QUESTION, questions: [{ ...COLOR, multiple: true }] },
    'several of its choices can be taken',
  ],
  [
    'more choices than digits',
    { ...QUESTION, questions: [{ ...COLOR, options: Array.from({ length: 9 }, (_, at) => ({ label: `${at}` })) }] },
    'it has 9 choices',
  ],
  [
    'a long one',
    { ...QUESTION, questions: [{ ...COLOR, question: 'x'.repeat(70_000) }] },
    'it is too long to be shown here',
  ],
])('%s: in its pane, and why', (_, given, inPane) => {
  expect(first([[], [given]]).question).toMatchObject({ choices: [], body: [], inPane });
});

test('the oldest comes first, by what its server has told, and what it does not know of is not asked', () => {
  const both = hostStatusAfter([questionAsked, asked('permission.asked', BASH)]);
  expect(first([[BASH], [QUESTION]], both).id).toBe(QUESTION.id);
  expect(first([[BASH], []], both).id).toBe(BASH.id);
  // It was asked while nobody listened.
  expect(first([[EDIT], []], both).id).toBe(EDIT.id);
  expect(opencodeAsks.asked([[], []], both)).toBeUndefined();
});

test('what is no list, or has an id that no path could hold, is not asked', () => {
  for (const lists of [[], [undefined, 'x'], [{ 0: BASH }, null], [[{ ...BASH, id: '../../config' }], [7, null, {}]]]) {
    expect(opencodeAsks.asked(lists, NOTHING)).toBeUndefined();
  }
});

test('what would draw elsewhere is taken out, and what is sent is as it was given', () => {
  const options = [{ label: 'a\x1b[2Jb', description: 'c\nd' }];
  const { question, reply } = first([[], [{ ...QUESTION, questions: [{ ...COLOR, options }] }]]);
  expect(question.choices[0]).toMatchObject({ label: 'ab', more: 'c d' });
  expect(reply('1', undefined)?.body).toEqual({ answers: [['a\x1b[2Jb']] });
});
