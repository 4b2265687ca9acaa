import { expect, test } from 'vitest';
import type { Activity } from '../../source/session/activity.ts';
import { refusals } from '../../source/session/admit.ts';
import { deriveStatus } from '../../source/session/derive-status.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { countStatuses, groupRows } from '../../source/session/order.ts';
import { CREATED, LIVE, sessionAfter } from './make.ts';

const activity = (state: Activity['state'], more: Partial<Activity> = {}): Activity => ({
  state,
  kind: undefined,
  outcome: undefined,
  text: undefined,
  since: 70,
  evidence: [],
  ...more,
});
const RUN: SessionFact = {
  type: 'runStarted',
  run: 'r1',
  goal: 'g',
  check: 'npm test',
  limits: { attempts: 3, minutes: 60 },
  prompt: 'p1',
  text: 'g',
  way: 'typed',
};
const TURN: readonly SessionFact[] = [
  { type: 'promptTried', prompt: 'p1', result: { outcome: 'submitted', at: 5 }, seen: 1 },
  { type: 'turnBegun', prompt: 'p1', begunAt: 6 },
];
const CHECKING: readonly SessionFact[] = [...LIVE, RUN, ...TURN, { type: 'checkRequested', host: 'check-1' }];
const READY: readonly SessionFact[] = [...CHECKING, { type: 'commitRequested' }, { type: 'runReady', commit: 'c5' }];
const EXIT = (cause: 'exit' | 'crash', code: number): SessionFact => ({
  type: 'hostExited',
  name: 'agent-1',
  end: { cause, at: 60, code, signal: undefined, text: cause === 'exit' ? 'It ended by itself.' : 'It crashed.' },
});

test.each<[string, readonly SessionFact[], Activity, string, string]>([
  ['being made', [CREATED], activity('unknown'), 'preparing', 'making its worktree'],
  ['working', LIVE, activity('busy', { text: 'reading 41 files' }), 'working', 'reading 41 files'],
  [
    'asking',
    LIVE,
    activity('waiting', { text: 'approve Bash: rm -rf build' }),
    'needsYou',
    'approve Bash: rm -rf build',
  ],
  ['idle', LIVE, activity('idle', { outcome: 'done', text: 'All done.' }), 'idle', 'All done.'],
  ['an error', LIVE, activity('idle', { outcome: 'error', text: 'API Error: 400' }), 'failed', 'API Error: 400'],
  ['silent', LIVE, activity('unknown'), 'unknown', ''],
  ['checking', CHECKING, activity('idle'), 'checking', 'running npm test'],
  ['a question comes before its run', CHECKING, activity('waiting', { text: 'which?' }), 'needsYou', 'which?'],
  ['ready', READY, activity('idle', { outcome: 'done' }), 'ready', 'committed, npm test passed'],
  [
    'ready though its agent ended',
    [...READY, EXIT('exit', 0)],
    activity('unknown'),
    'ready',
    'committed, npm test passed',
  ],
  [
    'merged',
    [...READY, { type: 'mergeRequested', commit: 'c5' }, { type: 'merged', commit: 'c5', into: 'main' }],
    activity('idle'),
    'merged',
    'merged into main',
  ],
  [
    'out of attempts',
    [...CHECKING, { type: 'runStopped', why: 'attempts', text: 'npm test still fails after 3 attempts' }],
    activity('idle'),
    'failed',
    'npm test still fails after 3 attempts',
  ],
  [
    'out of time',
    [...CHECKING, { type: 'runStopped', why: 'time', text: 'the limit of 60 minutes is used up' }],
    activity('idle'),
    'stalled',
    'the limit of 60 minutes is used up',
  ],
  ['ended by itself', [...LIVE, EXIT('exit', 0)], activity('unknown'), 'exited', 'It ended by itself.'],
  [
    'ended with a failure',
    [...LIVE, EXIT('exit', 3)],
    activity('unknown'),
    'failed',
    'It ended by itself. R starts it again.',
  ],
  ['crashed', [...LIVE, EXIT('crash', 1)], activity('unknown'), 'failed', 'It crashed. R starts it again.'],
  [
    'crashed, and seen',
    [...LIVE, EXIT('crash', 1), { type: 'seen' }],
    activity('unknown'),
    'failed',
    'It crashed. R starts it again.',
  ],
  [
    'lost in a reboot',
    [...LIVE, { type: 'hostLost', name: 'agent-1', cause: 'reboot' }],
    activity('unknown'),
    'failed',
    'The machine was restarted. R starts it again.',
  ],
])('%s', (name, facts, doing, status, line) => {
  const derived = deriveStatus(sessionAfter(...facts), doing);
  // Events in these tests are early (1, 2, 3 …) while the exit is at 60: seen before it happened is not seen.
  expect([derived.status, derived.line], name).toEqual([status, line]);
});

test('a run that stopped with its agent says what to do: start it again, then what with it', () => {
  const stopped: readonly SessionFact[] = [
    ...CHECKING,
    EXIT('exit', 5),
    { type: 'runStopped', why: 'agentExited', text: 'It ended by itself.' },
  ];
  const restart: SessionFact = { type: 'restartRequested', conversation: 'c-2', envNames: [] };
  const started: SessionFact = {
    type: 'hostStarted',
    name: 'agent-2',
    hostPid: 3,
    programPid: 4,
    startedAt: 70,
    promptGiven: false,
  };
  const seen = (...facts: readonly SessionFact[]) => {
    const { status, line } = deriveStatus(sessionAfter(...stopped, ...facts), activity('idle'));
    return [status, line];
  };
  expect(seen()).toEqual(['failed', 'It ended by itself. R starts it again.']);
  expect(seen(restart)).toEqual(['preparing', 'starting demo']);
  expect(seen(restart, started)).toEqual(['failed', 'runs again: s send back, l let go']);
});

test('a run that stopped stays so when it is looked at, and until a person goes on with it', () => {
  const stopped: readonly SessionFact[] = [
    ...CHECKING,
    { type: 'runStopped', why: 'attempts', text: 'still red' },
    { type: 'seen' },
  ];
  expect(deriveStatus(sessionAfter(...stopped), activity('idle'))).toMatchObject({
    status: 'failed',
    line: 'still red',
  });
  const prompt: SessionFact = { type: 'promptQueued', prompt: 'p9', text: 'x', by: 'person', way: 'typed' };
  expect(deriveStatus(sessionAfter(...stopped, prompt), activity('idle')).status).toBe('idle');
  const taken: SessionFact = { type: 'runHeld', why: 'takenOver', text: 'you have it' };
  expect(deriveStatus(sessionAfter(...stopped, taken), activity('idle')).status).toBe('idle');
  expect(refusals(sessionAfter(...stopped), { cannot: {}, personHolds: false })).not.toHaveProperty('takeOver');
});

test('a verdict that could not be carried out stays said when it is looked at', () => {
  const why = 'Could not merge: a.txt conflicts.';
  const refused: SessionFact = { type: 'effectFailed', effect: 'merge:r1:c5', why };
  const facts: readonly SessionFact[] = [...READY, { type: 'mergeRequested', commit: 'c5' }, refused, { type: 'seen' }];
  expect(deriveStatus(sessionAfter(...facts), activity('idle'))).toMatchObject({ status: 'failed', line: why });
  const back: SessionFact = { type: 'runPrompted', prompt: 'p2', text: 'mend it', anew: true };
  expect(deriveStatus(sessionAfter(...facts, back), activity('idle')).status).toBe('working');
});

test('what is merged works when its agent works on, and is merged again when that is over', () => {
  const merged = sessionAfter(
    ...READY,
    { type: 'mergeRequested', commit: 'c5' },
    { type: 'merged', commit: 'c5', into: 'main' },
  );
  expect(deriveStatus(merged, activity('busy', { since: 500 })).status).toBe('working');
  expect(deriveStatus(merged, activity('idle', { since: 900 })).status).toBe('merged');
});

test('a prompt of a run that a draft holds up needs the person; one whose agent is only not ready does not', () => {
  const tried = (outcome: 'draft' | 'notReady'): SessionFact => ({
    type: 'promptTried',
    prompt: 'p1',
    result: { outcome, at: 5 },
    seen: 1,
  });
  const of = (outcome: 'draft' | 'notReady') => {
    const { status, line } = deriveStatus(sessionAfter(...LIVE, RUN, tried(outcome)), activity('idle'));
    return [status, line];
  };
  expect(of('draft')).toEqual(['needsYou', 'its prompt waits: a draft stands in its input']);
  expect(of('notReady')).toEqual(['working', 'its prompt waits: the agent is not ready for input']);
});

test('a run that a person has says so, and how it goes on', () => {
  const held = sessionAfter(...CHECKING, { type: 'runHeld', why: 'takenOver', text: '' });
  const { status, line } = deriveStatus(held, activity('idle', { text: 'Done.' }));
  expect([status, line]).toEqual(['idle', 'you have it; g gives it back']);
});

test('a success ends the failure before it', () => {
  const refused: SessionFact = { type: 'effectFailed', effect: 'merge:r1:c5', why: 'Your edits would be lost.' };
  const facts: readonly SessionFact[] = [...READY, { type: 'mergeRequested', commit: 'c5' }, refused];
  expect(deriveStatus(sessionAfter(...facts), activity('idle'))).toMatchObject({ status: 'failed' });
  const merged = sessionAfter(
    ...facts,
    { type: 'mergeRequested', commit: 'c5' },
    { type: 'merged', commit: 'c5', into: 'main' },
  );
  expect(deriveStatus(merged, activity('idle'))).toMatchObject({ status: 'merged' });
});

test('a failure that was looked at is no longer news', () => {
  const crashed = [...LIVE, { type: 'hostLost', name: 'agent-1', cause: 'crash' } as const, { type: 'seen' } as const];
  expect(deriveStatus(sessionAfter(...crashed), activity('unknown')).status).toBe('exited');
});

test('a prompt that was not delivered needs nobody any more when a later one was', () => {
  const queued = (prompt: string) =>
    ({ type: 'promptQueued', prompt, text: 'x', by: 'person', way: 'typed' }) as const satisfies SessionFact;
  const tried = (prompt: string, result: Extract<SessionFact, { type: 'promptTried' }>['result']) =>
    ({ type: 'promptTried', prompt, result, seen: 1 }) as const satisfies SessionFact;
  const lost = [...LIVE, queued('p1'), tried('p1', { outcome: 'notSeen', at: 5 })];
  const status = (...facts: readonly SessionFact[]) =>
    deriveStatus(sessionAfter(...lost, ...facts), activity('idle')).status;
  expect(status(queued('p2'))).toBe('needsYou');
  expect(status(queued('p2'), tried('p2', { outcome: 'submitted', at: 7 }))).toBe('idle');
  const again = [queued('p3'), tried('p3', { outcome: 'notSeen', at: 9 })];
  expect(status(queued('p2'), tried('p2', { outcome: 'submitted', at: 7 }), ...again)).toBe('needsYou');
});

test('a prompt that was not delivered needs the user', () => {
  const facts: readonly SessionFact[] = [
    ...LIVE,
    { type: 'promptQueued', prompt: 'p1', text: 'x', by: 'person', way: 'typed' },
    { type: 'promptTried', prompt: 'p1', result: { outcome: 'notSeen', at: 5 }, seen: 1 },
  ];
  expect(deriveStatus(sessionAfter(...facts), activity('idle'))).toMatchObject({
    status: 'needsYou',
    line: 'prompt not delivered: it was pasted, but did not appear in the input: look at the pane',
  });
});

test('what waits for an answer can be taken over, and the wait does not count', () => {
  const asked = [...LIVE, RUN, ...TURN, { type: 'runHeld', why: 'question', text: 'which?' }] as const;
  const before = sessionAfter(...asked).run;
  const after = sessionAfter(...asked, { type: 'runHeld', why: 'takenOver', text: 'you have it' }).run;
  expect(after?.held).toMatchObject({ why: 'takenOver', text: 'you have it' });
  expect(after?.heldMs).toBe((after?.held?.at ?? 0) - (before?.held?.at ?? 0));
  const again = sessionAfter(...asked, { type: 'runHeld', why: 'paused', text: '' }).run;
  expect(again?.held?.why).toBe('question');
});

test('a run that a person has taken shows what the agent does', () => {
  const held = sessionAfter(...LIVE, RUN, ...TURN, { type: 'runHeld', why: 'takenOver', text: 'you have it' });
  expect(deriveStatus(held, activity('idle')).status).toBe('idle');
});

test('groups stand in order, the longest waiting first', () => {
  const row = (id: string, status: 'idle' | 'needsYou' | 'failed' | 'working', since: number) => ({
    session: { id },
    status,
    since,
  });
  const groups = groupRows([
    row('a', 'idle', 1),
    row('b', 'failed', 9),
    row('c', 'needsYou', 4),
    row('d', 'working', 2),
    row('f', 'working', 2),
    row('e', 'working', 2),
  ]);
  expect(groups.map(({ heading, rows }) => [heading, rows.map(({ session }) => session.id)])).toEqual([
    ['Needs you', ['c', 'b']],
    ['Working', ['d', 'e', 'f']],
    ['Idle', ['a']],
  ]);
  expect(countStatuses([row('a', 'idle', 1)])).toMatchObject({ idle: 1, working: 0 });
});

test('what cannot be done says why', () => {
  const facts = { cannot: {}, personHolds: false };
  expect(refusals(sessionAfter(...LIVE), facts)).toEqual({
    resume: 'it is running, not paused',
    restart: 'its agent runs',
    undo: 'it was not killed',
    giveBack: 'it was not let go; l lets it go',
    sendBack: 'nothing is ready to be sent back',
    takeOver: 'it was not let go',
    merge: 'only what is ready for review can be merged',
  });
  expect(refusals(sessionAfter(...READY), facts)).not.toHaveProperty('merge');
  expect(refusals(sessionAfter(...READY), facts)).not.toHaveProperty('push');
  expect(refusals(sessionAfter(...CHECKING), facts)).toMatchObject({
    push: 'it still works; wait until it is ready, or take it over',
    merge: 'only what is ready for review can be merged',
    letGo: 'it is let go already',
  });
  expect(refusals(sessionAfter(...LIVE), { ...facts, cannot: { letGo: 'codex cannot be let go yet' } }).letGo).toBe(
    'codex cannot be let go yet',
  );
});
