import { expect, test } from 'vitest';
import { nextStep, type RunFacts, timeLimitAt } from '../../source/pipeline/next-step.ts';
import type { CheckResult, Run } from '../../source/pipeline/run.ts';
import { promptOfRed } from '../../source/pipeline/run-prompt.ts';
import type { Activity } from '../../source/session/activity.ts';

const RUN: Run = {
  id: 'r1',
  goal: 'mend it',
  check: 'npm test',
  limits: { attempts: 3, minutes: 10 },
  startedAt: 0,
  stage: { name: 'working', prompt: 'p1', since: 100 },
  attempt: 1,
  heldMs: 0,
  held: undefined,
  lastCheck: undefined,
  checks: 0,
  readyCommit: undefined,
};
const activity = (state: Activity['state'], more: Partial<Activity> = {}): Activity => ({
  state,
  kind: undefined,
  outcome: undefined,
  text: undefined,
  since: 200,
  evidence: [],
  ...more,
});
const FACTS: RunFacts = {
  now: 1000,
  prompt: undefined,
  activity: activity('busy'),
  agentUp: true,
  agentEnd: undefined,
  personHolds: false,
  away: false,
  changed: undefined,
  tree: undefined,
  limit: undefined,
};
const RED: CheckResult = {
  host: 'check-1',
  attempt: 1,
  command: 'npm test',
  passed: false,
  code: 1,
  startedAt: 1,
  endedAt: 2,
  output: ['1 failed'],
};
const checking: Run = { ...RUN, checks: 1, stage: { name: 'checking', host: 'check-1', since: 300 } };
const step = (run: Partial<Run>, facts: Partial<RunFacts>) => nextStep({ ...RUN, ...run }, { ...FACTS, ...facts });

test('while the agent works nothing happens', () => {
  expect(step({}, {})).toEqual({ type: 'wait' });
  expect(step({}, { activity: activity('unknown') })).toEqual({ type: 'wait' });
});

test('what was idle before the turn began does not end it', () => {
  expect(step({}, { activity: activity('idle', { since: 99 }), changed: true })).toEqual({ type: 'wait' });
});

test('a turn that is over is looked at, then checked, or committed where there is no check', () => {
  const over = { activity: activity('idle', { outcome: 'done' as const }) };
  expect(step({}, over)).toEqual({ type: 'look' });
  expect(step({}, { ...over, changed: true })).toMatchObject({ type: 'check' });
  expect(step({ check: undefined }, { ...over, changed: true })).toEqual({ type: 'commit' });
  expect(step({}, { activity: activity('idle', { text: 'Nothing to do.' }), changed: false })).toEqual({
    type: 'stop',
    why: 'noChange',
    text: 'the agent ended its turn and changed nothing: Nothing to do.',
  });
});

test('red goes back, until the attempts are used up; green is committed', () => {
  expect(nextStep(checking, FACTS)).toEqual({ type: 'wait' });
  expect(nextStep({ ...checking, lastCheck: RED }, FACTS)).toEqual({ type: 'prompt', text: promptOfRed(RED) });
  expect(nextStep({ ...checking, attempt: 3, lastCheck: RED }, FACTS)).toEqual({
    type: 'stop',
    why: 'attempts',
    text: 'npm test still fails after 3 attempts',
  });
  expect(nextStep({ ...checking, lastCheck: { ...RED, passed: true } }, FACTS)).toEqual({ type: 'commit' });
  // An older check's verdict is not this one's.
  expect(
    nextStep({ ...checking, stage: { name: 'checking', host: 'check-2', since: 300 }, lastCheck: RED }, FACTS),
  ).toEqual({ type: 'wait' });
});

test('hooks that refuse the commit count as red', () => {
  const refused = { ...RED, host: 'commit-1', command: 'git commit' };
  expect(nextStep({ ...checking, stage: { name: 'committing' } }, FACTS)).toEqual({ type: 'wait' });
  expect(nextStep({ ...checking, stage: { name: 'committing' }, lastCheck: refused }, FACTS)).toMatchObject({
    type: 'prompt',
  });
});

test('a question stops it and asks; answered, it goes on', () => {
  const asks = { activity: activity('waiting', { text: 'which one?' }) };
  expect(step({}, asks)).toEqual({ type: 'hold', why: 'question', text: 'which one?' });
  expect(step({ stage: { name: 'prompting', prompt: 'p1' } }, asks)).toEqual({
    type: 'hold',
    why: 'question',
    text: 'which one?',
  });
  const held = { held: { why: 'question', at: 500, text: 'which one?' } } as const;
  expect(step(held, asks)).toEqual({ type: 'wait' });
  expect(step(held, {})).toEqual({ type: 'goOn' });
  // Answered by a key: that took it over, and is said.
  expect(step(held, { personHolds: true })).toEqual({ type: 'hold', why: 'takenOver', text: 'you have it' });
});

test('a person who types has it until it is given back', () => {
  expect(step({}, { personHolds: true })).toEqual({ type: 'hold', why: 'takenOver', text: 'you have it' });
  const held = { held: { why: 'takenOver', at: 500, text: 'you have it' } } as const;
  const over = { activity: activity('idle', { outcome: 'done' as const }), changed: true };
  expect(step(held, { ...over, personHolds: true })).toEqual({ type: 'wait' });
  expect(step(held, over)).toEqual({ type: 'goOn' });
  expect(nextStep({ ...checking, ...held, lastCheck: RED }, { ...FACTS, personHolds: true })).toEqual({ type: 'wait' });
});

test('the time limit ends it, but not the time that a person held it', () => {
  expect(timeLimitAt(RUN)).toBe(600_000);
  expect(step({}, { now: 600_000 })).toMatchObject({ type: 'stop', why: 'time' });
  expect(step({ heldMs: 5000 }, { now: 600_000 })).toEqual({ type: 'wait' });
  // What is being committed is finished, unless its hooks hang.
  expect(step({ stage: { name: 'committing' } }, { now: 600_000 })).toEqual({ type: 'wait' });
  expect(step({ stage: { name: 'committing' } }, { now: 1_200_000 })).toMatchObject({
    type: 'stop',
    why: 'time',
    text: 'the limit of 10 minutes is used up, and the hooks of its commit do not end',
  });
});

test('what it cannot mend stops it, with the reason', () => {
  expect(step({}, { agentUp: false, agentEnd: 'It crashed.' })).toEqual({
    type: 'stop',
    why: 'agentExited',
    text: 'It crashed.',
  });
  const failed = activity('idle', { outcome: 'error', text: 'API Error: 400' });
  expect(step({}, { activity: failed, changed: false })).toEqual({
    type: 'stop',
    why: 'agentFailed',
    text: 'API Error: 400',
  });
  const undelivered = {
    id: 'p1',
    text: '',
    at: 1,
    by: 'automation',
    way: 'typed',
    state: 'undelivered',
    stateAt: 2,
    why: 'a draft stands in its input',
    attempts: 8,
    putOffAt: 1,
  } as const;
  expect(step({ stage: { name: 'prompting', prompt: 'p1' } }, { prompt: undelivered })).toEqual({
    type: 'stop',
    why: 'promptUndelivered',
    text: 'the prompt was not delivered: a draft stands in its input',
  });
});

test.each<Run['stage']>([
  { name: 'ready', at: 5 },
  { name: 'merged', commit: 'c', into: 'main', at: 5 },
  { name: 'pushed', commit: 'c', remote: 'origin', at: 5 },
  { name: 'pushing', commit: 'c' },
  { name: 'merging', commit: 'c' },
  { name: 'stopped', why: 'time', text: 'used up', at: 5 },
])('a run that is $name decides nothing more, whatever happens', stage => {
  expect(step({ stage }, { personHolds: true })).toEqual({ type: 'wait' });
  expect(step({ stage }, { away: true })).toEqual({ type: 'wait' });
  expect(step({ stage }, { agentUp: false, now: 1e9 })).toEqual({ type: 'wait' });
});

test('a paused session holds its run and goes on with the agent', () => {
  expect(step({}, { away: true, agentUp: false })).toEqual({
    type: 'hold',
    why: 'paused',
    text: 'the session is paused',
  });
  const held = { held: { why: 'paused', at: 500, text: '' } } as const;
  expect(step(held, { agentUp: false })).toEqual({ type: 'wait' });
  expect(step(held, {})).toEqual({ type: 'goOn' });
  expect(step(held, { personHolds: true })).toEqual({ type: 'hold', why: 'takenOver', text: 'you have it' });
  expect(step(held, { personHolds: true, away: true })).toEqual({ type: 'wait' });
});

test('a long red output is cut to its end', () => {
  const text = promptOfRed({ ...RED, output: Array.from({ length: 500 }, (_, line) => `line ${line}`) });
  expect(text).toContain('line 499');
  expect(text).not.toContain('line 419\n');
  expect(promptOfRed({ ...RED, output: ['x'.repeat(50_000)] }).length).toBeLessThan(6500);
});
