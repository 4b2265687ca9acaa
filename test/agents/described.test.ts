import { expect, test } from 'vitest';
import type { Agent, StartOptions } from '../../source/agents/agent.ts';
import { agentFor } from '../../source/agents/described.ts';
import type { AgentDescription } from '../../source/agents/description.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { type Happening, hostStatusAfter } from './host-status.ts';

const start: StartOptions = {
  program: '',
  command: ['/bin/mine', '-x'],
  permissionMode: undefined,
  model: undefined,
  extra: ['-v'],
  prompt: undefined,
  uuid: 'u1',
  cwd: '/tree',
};

const described = (description: AgentDescription, kind = 'mine') => agentFor({ kind, described: description });

const STATES: AgentDescription['states'] = [
  { state: 'waiting', kind: 'permission', text: 'may it run', match: '\\(y/n\\)', region: { bottom: 2 } },
  { state: 'working', match: 'esc to stop' },
  { state: 'background', title: '^busy: ' },
  { state: 'idle', match: '^> $', region: 'cursorRow' },
];

const said = (agent: Agent, happenings: readonly Happening[], title = '') => {
  const activity = agent.activity({ ...hostStatusAfter(happenings), title }, 60_000);
  const { state, kind, outcome, text, since, evidence } = activity;
  return [state, kind ?? outcome, text, since, evidence[0]?.source];
};

test.each<[what: string, happenings: readonly Happening[], title: string, activity: readonly unknown[]]>([
  ['nothing that a rule knows', [{ submitted: true }], '', ['unknown', undefined, undefined, 1000, 'output']],
  ['its box', [{ holds: 'your rule 4: idle' }], '', ['idle', undefined, undefined, 1000, 'screen']],
  [
    'its work above its box',
    [{ holds: 'your rule 4: idle' }, { holds: 'your rule 2: working' }],
    '',
    ['busy', undefined, undefined, 2000, 'screen'],
  ],
  [
    'a question over all',
    [{ holds: 'your rule 2: working' }, { holds: 'your rule 1: waiting' }],
    '',
    ['waiting', 'permission', 'may it run', 2000, 'screen'],
  ],
  ['a title', [], 'busy: watcher', ['busy', undefined, 'work in the background', 500, 'title']],
  // What is written down counts before the program's own word: it was written because that is wrong.
  [
    'a wrong word',
    [{ state: 'working' }, { holds: 'your rule 4: idle' }],
    '',
    ['idle', undefined, undefined, 2000, 'screen'],
  ],
  // How the turn ended is its own word where both say the same.
  [
    'its end',
    [{ state: 'done', message: 'Fixed.' }, { holds: 'your rule 4: idle' }],
    '',
    ['idle', 'done', 'Fixed.', 1000, 'screen'],
  ],
])('rules of a user: %s', (_, happenings, title, activity) => {
  expect(said(described({ states: STATES }), happenings, title)).toEqual(activity);
});

test('a disagreement with a rule of the user stays in the evidence', () => {
  const status = hostStatusAfter([{ state: 'working' }, { holds: 'your rule 4: idle' }]);
  const { evidence } = described({ states: STATES }).activity(status, 9000);
  expect(evidence.map(({ source, claim, agrees }) => [source, claim, agrees])).toEqual([
    ['screen', 'your rule 4: idle', true],
    ['osc7501', 'working', false],
    ['output', 'nothing was sent to it yet', false],
  ]);
});

test('the bell tells until something is sent', () => {
  const agent = described({ states: [{ state: 'waiting', bell: true }] });
  expect(said(agent, [{ submitted: true }, { bell: true }])).toEqual([
    'waiting',
    'question',
    'it asks something',
    2000,
    'bell',
  ]);
  expect(said(agent, [{ bell: true }, { submitted: true }])[0]).toBe('unknown');
});

test('a rule for a program that tutti knows counts beside its adapter, and a prompt waits for what it asks', () => {
  const agent = described({ states: [{ state: 'waiting', text: 'rate it', match: '^Rate this' }] }, 'claude');
  expect(said(agent, [{ state: 'idle' }, { holds: 'your rule 1: waiting' }])).toEqual([
    'waiting',
    'question',
    'rate it',
    2000,
    'screen',
  ]);
  expect(said(agent, [{ state: 'idle' }])[0]).toBe('idle');
  expect(agent.rules.map(({ name }) => name)).toContain('claude/trust');
  const screen = new Screen({ columns: 40, rows: 4, scrollback: 0 });
  screen.feed(Buffer.from('Rate this session'));
  expect(agent.input.dialogs.some(rule => screen.test(rule))).toBe(true);
  expect(agent.start({ ...start, command: undefined, program: '/bin/claude' }).argv).toContain('--session-id');
});

const ARGS: AgentDescription = {
  conversationArgs: ['--id={conversation}'],
  resumeArgs: ['resume', '{conversation}'],
  promptArgs: ['--', '{prompt}'],
};

test('a program of the user is started, resumed and prompted by the arguments that the user gave', () => {
  const agent = described(ARGS);
  expect(agent.start(start)).toMatchObject({ argv: ['/bin/mine', '-x', '--id=u1', '-v'], conversation: 'u1' });
  expect(agent.start({ ...start, prompt: "it's $& {conversation}" })).toMatchObject({
    argv: ['/bin/mine', '-x', '--id=u1', '-v', '--', "it's $& {conversation}"],
    promptGiven: true,
  });
  expect(agent.resume?.({ ...start, conversation: 'c1' })).toMatchObject({
    argv: ['/bin/mine', '-x', 'resume', 'c1', '-v'],
    conversation: 'c1',
    promptGiven: false,
  });
  expect(Object.keys(agent.cannot)).toEqual(['letGo', 'permissionMode', 'model']);
});

test('what the user does not say of it is said to be missing', () => {
  const agent = described({ states: STATES });
  expect(agent.resume).toBeUndefined();
  expect(Object.keys(agent.cannot)).toEqual(['letGo', 'permissionMode', 'model', 'resume', 'firstPrompt']);
  expect(described({})).not.toBe(described({}));
  expect(agentFor({ kind: 'mine', described: ARGS })).toBe(agentFor({ kind: 'mine', described: ARGS }));
});

test('its input box and its dialogs are as the user says', () => {
  const { input, numbered } = described({
    ready: { match: '^> ' },
    empty: { match: '^> $', region: 'cursorRow', dim: true },
    whileBusy: 'queues',
    dialogBegin: '^== ',
  });
  expect(input).toMatchObject({
    ready: { name: 'its input box', match: '^> ' },
    empty: { name: 'its empty input box', match: '^> $', region: 'cursorRow', dim: true },
    whileBusy: 'queues',
  });
  expect(numbered).toEqual({ begin: '^== ', pick: 'nearest', standing: [] });
});
