import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

test.each<[agent: string, what: string, happenings: readonly Happening[], activity: readonly unknown[]]>([
  [
    'qwen',
    'the end of a turn, by its hook',
    [{ hook: 'UserPromptSubmit' }, { hook: 'Stop', data: { last_assistant_message: 'Done.' } }, { holds: 'qwen/idle' }],
    ['idle', 'done', 'Done.', 2000],
  ],
  [
    'qwen',
    'work in the background after it',
    [{ hook: 'UserPromptSubmit' }, { hook: 'Stop', data: { background_tasks: [{}] } }, { holds: 'qwen/idle' }],
    ['busy', undefined, undefined, 2000],
  ],
  [
    'qwen',
    'an interrupt, which has no hook',
    [{ hook: 'Stop' }, { hook: 'UserPromptSubmit' }, { holds: 'qwen/idle' }],
    ['idle', undefined, undefined, 3000],
  ],
  ['aider', 'its prompt', [{ submitted: true }, { holds: 'aider/idle' }], ['idle', undefined, undefined, 2000]],
  ['goose', 'its work', [{ submitted: true }, { holds: 'goose/working' }], ['busy', undefined, undefined, 2000]],
  [
    'crush',
    'its own word before its screen',
    [{ holds: 'crush/permission' }, { state: 'blocked', kind: 'permission', message: 'run ls' }],
    ['waiting', 'permission', 'run ls', 2000],
  ],
  ['crush', 'silence after its start', [], ['unknown', undefined, undefined, 500]],
  ['amp', 'its login', [{ holds: 'amp/login' }], ['waiting', 'auth', 'log in', 1000]],
])('%s: %s', (agent, _, happenings, [state, more, text, since]) => {
  const activity = agentOf(agent).activity(hostStatusAfter(happenings), 9000);
  expect([activity.state, activity.kind ?? activity.outcome, activity.text, activity.since]).toEqual([
    state,
    more,
    text,
    since,
  ]);
});
