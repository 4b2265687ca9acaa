import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import type { Activity } from '../../source/session/activity.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

const idle = { state: 'idle' } as const;
const working = { state: 'working' } as const;
const done = { state: 'done' } as const;
const clear = { state: 'clear' } as const;

/** `[state, outcome or kind, text, since]` of the activity after these happenings, one second each. */
const CASES: readonly (readonly [
  agent: string,
  what: string,
  happenings: readonly Happening[],
  activity: readonly [Activity['state'], string | undefined, string | undefined, number],
])[] = [
  ['claude', 'nothing yet', [], ['unknown', undefined, undefined, 500]],
  ['claude', 'its box is ready', [idle], ['idle', undefined, undefined, 1000]],
  ['claude', 'a turn', [idle, { ...working, message: 'Run tests' }], ['busy', undefined, 'Run tests', 2000]],
  ['claude', 'a turn with new words', [idle, working, { ...working, message: 'b' }], ['busy', undefined, 'b', 2000]],
  ['claude', 'a turn that is over', [idle, working, { ...done, message: 'x' }], ['idle', 'done', 'x', 3000]],
  ['claude', 'an interrupt', [idle, working, idle], ['idle', undefined, undefined, 3000]],
  [
    'claude',
    'an error',
    [idle, working, { state: 'error', message: 'API Error: 400' }],
    ['idle', 'error', 'API Error: 400', 3000],
  ],
  [
    'claude',
    'a turn that is over, with its last words from its hook',
    [
      { hook: 'UserPromptSubmit' },
      working,
      { hook: 'Stop', data: { last_assistant_message: '\n## **Fixed** the `cart`.\n\nMore.', background_tasks: [] } },
      done,
    ],
    ['idle', 'done', 'Fixed the cart.', 4000],
  ],
  [
    'claude',
    'a turn that is over after words of an earlier one',
    [{ hook: 'Stop', data: { last_assistant_message: 'Old.' } }, { hook: 'UserPromptSubmit' }, working, done],
    ['idle', 'done', undefined, 4000],
  ],
  [
    'claude',
    'hooks alone, where it sends no OSC 7501',
    [{ hook: 'UserPromptSubmit' }, { hook: 'PermissionRequest', data: { tool_name: 'Bash' } }],
    ['waiting', 'permission', 'approve Bash', 2000],
  ],
  [
    'claude',
    'hooks alone: a question',
    [{ hook: 'PermissionRequest', data: { tool_name: 'AskUserQuestion' } }],
    ['waiting', 'question', 'approve AskUserQuestion', 1000],
  ],
  [
    'claude',
    'hooks alone: an end with work in the background',
    [{ hook: 'Stop', data: { last_assistant_message: 'Started it.', background_tasks: [{}] } }],
    ['busy', undefined, undefined, 1000],
  ],
  [
    'claude',
    'hooks alone: an error',
    [
      { hook: 'UserPromptSubmit' },
      { hook: 'StopFailure', data: { error: 'rate_limit', last_assistant_message: 'Limit.' } },
    ],
    ['idle', 'error', 'Limit.', 2000],
  ],
  [
    'claude',
    'the end of a sub-agent is not its own',
    [{ hook: 'UserPromptSubmit' }, { hook: 'Stop', data: { agent_id: 'a1', last_assistant_message: 'Sub.' } }],
    ['busy', undefined, undefined, 1000],
  ],
  [
    'claude',
    'a permission',
    [working, { state: 'blocked', kind: 'permission', message: 'approve Bash: rm x' }],
    ['waiting', 'permission', 'approve Bash: rm x', 2000],
  ],
  [
    'claude',
    'a question',
    [working, { state: 'blocked', kind: 'question', message: 'answer: Which (a · b)' }],
    ['waiting', 'question', 'answer: Which (a · b)', 2000],
  ],
  [
    'claude',
    'a plan, which it calls a permission',
    [working, { state: 'blocked', kind: 'permission', message: 'approve plan' }],
    ['waiting', 'plan', 'approve plan', 2000],
  ],
  [
    'claude',
    'no login',
    [idle, { state: 'blocked', kind: 'auth', message: 'Not logged in' }],
    ['waiting', 'auth', 'Not logged in', 2000],
  ],
  [
    'claude',
    'a sub-agent after the root is done',
    [working, { ...working, id: 'a1', title: 'look around' }, done],
    ['busy', undefined, 'look around', 1000],
  ],
  [
    'claude',
    'the end of that sub-agent',
    [working, { ...working, id: 'a1' }, done, { ...clear, id: 'a1' }],
    ['idle', 'done', undefined, 4000],
  ],
  [
    'claude',
    'the question about trust',
    [{ state: 'blocked', kind: 'permission', message: 'trust this folder' }, { holds: 'claude/trust' }],
    ['waiting', 'permission', 'trust this folder', 1000],
  ],
  // Between trust and box it takes everything back and asks about its key, which it does not report.
  [
    'claude',
    'the question about an API key',
    [{ state: 'blocked', kind: 'permission' }, clear, { holds: 'claude/api-key' }],
    ['waiting', 'auth', 'use the API key of the environment', 3000],
  ],
  ['claude', 'nothing after it took all back', [working, clear], ['unknown', undefined, undefined, 2000]],
  [
    'claude',
    'a retry',
    [working, { holds: 'claude/retrying' }],
    ['busy', undefined, 'no answer from the model, retrying', 2000],
  ],
  [
    'claude',
    'the end of a retry',
    [working, { holds: 'claude/retrying' }, { holdsNoMore: 'claude/retrying' }, done],
    ['idle', 'done', undefined, 4000],
  ],
  // A rule that still holds for a moment does not outweigh its own word.
  ['claude', 'an answered permission', [{ holds: 'claude/permission' }, working], ['busy', undefined, undefined, 2000]],

  ['gemini', 'its box', [{ holds: 'gemini/idle' }], ['idle', undefined, undefined, 1000]],
  [
    'gemini',
    'its work, and the end of it',
    [
      { submitted: true },
      { drawn: true },
      { holds: 'gemini/working' },
      { holdsNoMore: 'gemini/working' },
      { holds: 'gemini/idle' },
    ],
    ['idle', undefined, undefined, 5000],
  ],
  [
    'copilot',
    'a question while its progress says that it works',
    [{ progress: 3 }, { holds: 'copilot/permission' }],
    ['waiting', 'permission', 'a permission', 2000],
  ],
  [
    'opencode',
    'a retry',
    [{ holds: 'opencode/working' }, { holds: 'opencode/retrying' }],
    ['busy', undefined, 'no answer from the model, retrying', 2000],
  ],
  [
    'codex',
    'a turn that is over while a sub-agent works on',
    [working, { hook: 'SubagentStart', data: { agent_id: 'a1' } }, { hook: 'Stop' }, done],
    ['busy', undefined, 'a sub-agent works', 4000],
  ],
  [
    'codex',
    'the end of that sub-agent',
    [
      working,
      { hook: 'SubagentStart', data: { agent_id: 'a1' } },
      { hook: 'Stop', data: { last_assistant_message: 'Mine is over.' } },
      done,
      { hook: 'SubagentStop', data: { agent_id: 'a1' } },
    ],
    ['idle', 'done', 'Mine is over.', 4000],
  ],
  [
    'codex',
    'a permission, with what it is for',
    [
      working,
      { hook: 'PermissionRequest', data: { tool_name: 'Bash', tool_input: { command: 'rm -rf dist\nls' } } },
      { state: 'blocked', kind: 'permission' },
    ],
    ['waiting', 'permission', 'approve Bash: rm -rf dist', 3000],
  ],
  ['codex', 'silence before its box', [{ holds: 'codex/trust' }], ['waiting', 'permission', 'trust this folder', 1000]],
  ['codex', 'the working that is no turn', [idle, working, idle], ['idle', undefined, undefined, 3000]],
  [
    'codex',
    'a plan, for which it says done',
    [working, done, { holds: 'codex/plan' }],
    ['waiting', 'plan', 'approve the plan', 3000],
  ],
  [
    'codex',
    'a background terminal, for which it says done',
    [working, done, { holds: 'codex/background' }],
    ['busy', undefined, 'a background terminal is running', 3000],
  ],

  ['gemini', 'a dialog', [{ holds: 'gemini/permission' }], ['waiting', 'permission', 'a permission', 1000]],
  ['gemini', 'output after an Enter', [{ submitted: true }, { drawn: true }], ['busy', undefined, undefined, 1000]],
  [
    'gemini',
    'silence after an Enter: never a guessed idle',
    [{ submitted: true }, { drawn: true }, { settled: true }],
    ['unknown', undefined, undefined, 2000],
  ],
  ['copilot', 'its progress', [{ progress: 3 }], ['busy', undefined, undefined, 1000]],
  ['copilot', 'the end of its progress', [{ progress: 3 }, { progress: 0 }], ['idle', undefined, undefined, 2000]],

  [
    'demo',
    'a plan',
    [working, { state: 'blocked', kind: 'permission', message: 'approve the plan: 1. x' }],
    ['waiting', 'plan', 'approve the plan: 1. x', 2000],
  ],
  ['demo', 'a dialog without reports', [{ holds: 'demo/question' }], ['waiting', 'question', 'a question', 1000]],

  ['shell', 'no marks', [{ drawn: true }], ['unknown', undefined, undefined, 500]],
  ['shell', 'a command', [{ mark: 'A' }, { mark: 'B' }, { mark: 'C' }], ['busy', undefined, undefined, 3000]],
  [
    'shell',
    'its prompt',
    [{ mark: 'C' }, { mark: 'D', exitCode: 1 }, { mark: 'A' }],
    ['idle', undefined, undefined, 3000],
  ],
  ['command', 'output', [{ submitted: true }, { drawn: true }], ['busy', undefined, undefined, 1000]],
  // Any program may report: its word counts.
  ['command', 'its own word', [{ submitted: true }, { drawn: true }, done], ['idle', 'done', undefined, 3000]],
];

test.each(CASES)('%s: %s', (kind, _, happenings, [state, which, text, since]) => {
  const activity = agentOf(kind).activity(hostStatusAfter(happenings), 60_000);
  expect([activity.state, activity.kind ?? activity.outcome, activity.text, activity.since]).toEqual([
    state,
    which,
    text,
    since,
  ]);
  expect(activity.evidence[0]?.agrees ?? true).toBe(true);
});

test('a disagreement stays in the evidence', () => {
  const { state, evidence } = agentOf('claude').activity(
    hostStatusAfter([{ holds: 'claude/permission' }, working]),
    9000,
  );
  expect(state).toBe('busy');
  expect(evidence.map(({ source, claim, agrees }) => ({ source, claim, agrees }))).toEqual([
    { source: 'osc7501', claim: 'working', agrees: true },
    { source: 'screen', claim: 'claude/permission: a permission', agrees: false },
    // It stands still, which is nothing against it.
    expect.objectContaining({ source: 'output', agrees: true }),
  ]);
});

test('an order in which no child or retry is over is never idle', () => {
  for (const kind of ['claude', 'demo']) {
    const child = { ...working, id: 'background-1' } as const;
    for (const order of [
      [working, child, done],
      [child, working, done],
      [working, done, child],
      [done, child, done],
    ]) {
      expect(agentOf(kind).activity(hostStatusAfter(order), 9000).state).toBe('busy');
    }
  }
});
