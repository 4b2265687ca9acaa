import { expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { isAlike, mayAskAlike, saysTheSame } from '../../source/session/alike.ts';
import { viewOf } from '../tui/views.ts';

const ASKED: AgentQuestion = {
  id: 'a',
  kind: 'permission',
  text: 'approve Bash: npm test',
  body: ['Bash command', 'npm test', 'Do you want to proceed?'],
  choices: [
    { key: '1', label: 'Yes', opens: false },
    { key: '2', label: "Yes, and don't ask again for npm test in /w/a", opens: false, holds: 'in a file' },
    { key: '3', label: 'No', opens: false },
  ],
  denial: '3',
};
const [YES, ALWAYS, NO] = ASKED.choices as [
  AgentQuestion['choices'][0],
  AgentQuestion['choices'][0],
  AgentQuestion['choices'][0],
];
const ELSEWHERE = { ...ALWAYS, label: "Yes, and don't ask again for npm test in /w/b" };

test('a question is alike where each row of it is the same, and each choice that holds for once', () => {
  expect(isAlike(ASKED, { ...ASKED, id: 'b' })).toBe(true);
  expect(isAlike(ASKED, { ...ASKED, choices: [YES, ELSEWHERE, NO] })).toBe(true);
  const others: readonly Partial<AgentQuestion>[] = [
    { text: 'approve Bash: npm test --watch' },
    { body: ['Bash command', 'npm test; rm -rf /', 'Do you want to proceed?'] },
    { body: ['Bash command', 'npm test', 'rm -rf /', 'Do you want to proceed?'] },
    { body: ['Bash command npm test', 'Do you want to proceed?'] },
    { kind: 'plan' },
    { choices: [YES, NO] },
    { choices: [NO, ALWAYS, YES].map((choice, at) => ({ ...choice, key: `${at + 1}` })) },
    { choices: [{ ...YES, more: 'for all' }, ALWAYS, NO] },
    { choices: [YES, { ...ALWAYS, opens: true }, NO] },
  ];
  for (const other of others) expect(isAlike(ASKED, { ...ASKED, ...other }), JSON.stringify(other)).toBe(false);
});

test('a choice is the same only to the last letter, and where it holds as long', () => {
  const there = { choices: [YES, ELSEWHERE, NO] };
  expect([YES, ALWAYS, NO].map(choice => saysTheSame(choice, there))).toEqual([true, false, true]);
  expect(saysTheSame(ALWAYS, ASKED)).toBe(true);
  expect(saysTheSame(ALWAYS, { choices: [{ ...ALWAYS, holds: 'for this session only' }] })).toBe(false);
  expect(saysTheSame(YES, { choices: [NO] })).toBe(false);
});

test('only who waits with the same words, by the same program, in the same repository, is looked at', () => {
  const activity = { state: 'waiting', kind: 'permission', text: 'approve Bash: npm test' } as const;
  const asks = (id: string, given: Partial<Parameters<typeof viewOf>[0]> = {}): SessionView =>
    viewOf({ id, status: 'needsYou', activity, ...given });
  const first = asks('a');
  const { repository, agent } = first.session;
  const views = [
    first,
    asks('b'),
    asks('c', { activity: { ...activity, text: 'approve Bash: ls' } }),
    asks('d', { activity: { ...activity, kind: 'question' } }),
    asks('e', { session: { agent: { ...agent, kind: 'codex' } } }),
    asks('f', { session: { repository: { ...repository, gitDir: '/other/.git' } } }),
    asks('g', { status: 'snoozed' }),
    asks('h', { status: 'working', activity: { state: 'busy' } }),
  ];
  expect(mayAskAlike(first, views).map(({ session }) => session.id)).toEqual(['b']);
  expect(mayAskAlike(viewOf({ id: 'z' }), views)).toEqual([]);
});
