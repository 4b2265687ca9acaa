import { expect, test } from 'vitest';
import { copilot } from '../../source/agents/copilot.ts';
import type { Activity } from '../../source/session/activity.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

/** Its prompt is taken, it draws that it works. */
function copilotTurn(): readonly Happening[] {
  return [
    { hook: 'userPromptSubmitted', data: { sessionId: 'root' } },
    { holdsNoMore: 'copilot/idle' },
    { holds: 'copilot/working' },
  ];
}

/** What its screen and its hooks tell together: `[state, outcome or kind, text, since]`, one second for each happening. */
test.each<
  readonly [
    what: string,
    happenings: readonly Happening[],
    activity: readonly [Activity['state'], string | undefined, string | undefined, number],
  ]
>([
  [
    'the end of a turn: when by its screen, how by its hooks',
    [
      { holds: 'copilot/idle' },
      ...copilotTurn(),
      { hook: 'agentStop', data: { sessionId: 'root' } },
      { holdsNoMore: 'copilot/working' },
      { holds: 'copilot/idle' },
    ],
    ['idle', 'done', undefined, 7000],
  ],
  [
    'a prompt that it has taken, and nothing drawn of it',
    [{ holds: 'copilot/idle' }, { hook: 'userPromptSubmitted', data: { sessionId: 'root' } }],
    ['busy', undefined, undefined, 1000],
  ],
  [
    'an interrupt, of which no hook tells',
    [...copilotTurn(), { holdsNoMore: 'copilot/working' }, { holds: 'copilot/idle' }],
    ['idle', undefined, undefined, 5000],
  ],
  [
    'a try that has failed while it works on',
    [...copilotTurn(), { hook: 'errorOccurred', data: { sessionId: 'root' } }],
    ['busy', undefined, 'no answer from the model, retrying', 3000],
  ],
  [
    'the last try that has failed',
    [
      ...copilotTurn(),
      { hook: 'errorOccurred', data: { sessionId: 'root', error: { message: '{"message":"bad\\nrequest"}' } } },
      { holdsNoMore: 'copilot/working' },
      { holds: 'copilot/idle' },
      { holds: 'copilot/gaveUp' },
    ],
    ['idle', 'error', 'bad', 6000],
  ],
  [
    'an end after a try that has failed, before its report has come',
    [
      ...copilotTurn(),
      { hook: 'errorOccurred', data: { sessionId: 'root' } },
      { holdsNoMore: 'copilot/working' },
      { holds: 'copilot/idle' },
    ],
    ['busy', undefined, undefined, 6000],
  ],
  [
    'an interrupt after a try that has failed',
    [
      ...copilotTurn(),
      { hook: 'errorOccurred', data: { sessionId: 'root' } },
      { holdsNoMore: 'copilot/working' },
      { holds: 'copilot/idle' },
      { settled: true },
    ],
    ['idle', undefined, undefined, 6000],
  ],
  [
    'the end of a sub-agent is not its own',
    [
      ...copilotTurn(),
      { hook: 'subagentStart', data: { sessionId: 'root', agentId: 'sub' } },
      { hook: 'userPromptSubmitted', data: { sessionId: 'sub', agentId: 'sub' } },
      { hook: 'agentStop', data: { sessionId: 'sub' } },
      { holdsNoMore: 'copilot/working' },
      { holds: 'copilot/idle' },
    ],
    ['idle', undefined, undefined, 8000],
  ],
  [
    'what it asks for, in its own words',
    [
      ...copilotTurn(),
      { hook: 'notification', data: { notification_type: 'permission_prompt', message: 'Run command: touch a.txt' } },
      { holds: 'copilot/permission' },
    ],
    ['waiting', 'permission', 'Run command: touch a.txt', 5000],
  ],
])('%s', (_, happenings, [state, which, text, since]) => {
  const activity = copilot.activity(hostStatusAfter(happenings), 100_000);
  expect([activity.state, activity.kind ?? activity.outcome, activity.text, activity.since]).toEqual([
    state,
    which,
    text,
    since,
  ]);
});
