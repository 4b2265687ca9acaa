import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { readQuestion } from '../../source/agents/read-question.ts';
import { kindOf, screenOf } from './recording.ts';

/** What a plan, or a limit, is asked about: its question, a row of what stands above, its choices. `…`: words have to follow. */
test.each<[recording: string, text: string, about: string, choices: readonly string[]]>([
  [
    'claude-plan',
    'Claude has written up a plan and is ready to execute. Would you like to proceed?',
    '2. Then that',
    ['1 Yes, and use auto mode', '2 Yes, manually approve edits', '3 Tell Claude what to change …'],
  ],
  [
    'gemini-plan',
    'Ready to start implementation?',
    '1. First this',
    ['1 Yes, automatically accept edits', '2 Yes, manually accept edits', '3 Type your feedback... …'],
  ],
  ['gemini-limit', '/model to switch models.', 'Usage limit reached for all Pro models.', ['1 Keep trying', '2 Stop']],
  [
    'copilot-plan',
    'First this, then that',
    'Plan Ready for Review',
    [
      '1 Accept plan and continue in Autopilot execution mode (recommended)',
      '2 Accept plan and continue in Interactive execution mode (Manual Approval for this session; future',
      '3 Exit to Interactive execution mode without running the plan (Manual Approval for this session; future',
      '4 Suggest changes …',
    ],
  ],
])('%s', (recording, text, about, choices) => {
  const screen = screenOf(recording);
  const { numbered } = agentOf(kindOf(recording));
  const question = numbered && readQuestion(screen.text({ scrollback: 0 }), numbered);
  expect(question?.text).toBe(text);
  expect(question?.body).toContain(about);
  expect(question?.choices.map(({ key, label, opens }) => `${key} ${label}${opens ? ' …' : ''}`)).toEqual(choices);
  expect(screen.test(question?.shows ?? { match: '^never$' })).toBe(true);
});
