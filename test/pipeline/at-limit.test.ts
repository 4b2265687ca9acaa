import { expect, test } from 'vitest';
import { looksAt, nextStep, type RunFacts } from '../../source/pipeline/next-step.ts';
import type { LimitPlan, Run } from '../../source/pipeline/run.ts';
import { promptAfterLimit } from '../../source/pipeline/run-prompt.ts';
import { eventOfStep } from '../../source/pipeline/step-event.ts';
import type { Activity } from '../../source/session/activity.ts';
import { effectsOf } from '../../source/session/effect.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { LIVE, sessionAfter } from '../session/make.ts';

const MINUTE = 60_000;
const activity = (state: Activity['state'], more: Partial<Activity> = {}): Activity => ({
  state,
  kind: undefined,
  outcome: undefined,
  text: undefined,
  since: 10,
  evidence: [],
  ...more,
});
const FAILED = activity('idle', { outcome: 'error', text: 'You have hit your limit' });
const LET_GO: readonly SessionFact[] = [
  ...LIVE,
  {
    type: 'runStarted',
    run: 'r1',
    goal: 'g',
    check: undefined,
    limits: { attempts: 3, minutes: 60 },
    prompt: 'p1',
    text: 'g',
    way: 'typed',
  },
  { type: 'promptTried', prompt: 'p1', result: { outcome: 'submitted', at: 5 }, seen: 1 },
  { type: 'turnBegun', prompt: 'p1', begunAt: 6 },
];
const WAIT: LimitPlan = { do: 'wait', until: 5 * MINUTE, text: 'limit · goes on 14:20' };
const FACTS: RunFacts = {
  now: MINUTE,
  prompt: undefined,
  activity: FAILED,
  agentUp: true,
  agentEnd: 'It ended.',
  personHolds: false,
  away: false,
  changed: true,
  tree: undefined,
  limit: WAIT,
};

const runAfter = (...facts: readonly SessionFact[]) => {
  const { run } = sessionAfter(...facts);
  if (!run) throw new Error('no run');
  return run;
};
const step = (run: Run, facts: Partial<RunFacts>) => nextStep(run, { ...FACTS, ...facts });
const held = (plan: LimitPlan = WAIT): readonly SessionFact[] => {
  const run = runAfter(...LET_GO);
  const next = step(run, { limit: plan });
  if (next.type !== 'hold') throw new Error(`it does not hold, but ${next.type}`);
  return [...LET_GO, eventOfStep(next, run, 'p2')];
};

test('a turn that failed is looked at first; without a limit, or where one is to be asked, the run stops with why', () => {
  const run = runAfter(...LET_GO);
  expect(step(run, { changed: undefined })).toEqual({ type: 'look' });
  expect(step(run, { limit: undefined })).toMatchObject({ type: 'stop', text: 'You have hit your limit' });
  expect(step(run, { limit: { do: 'stop', text: 'the profile a is one of codex' } })).toMatchObject({
    type: 'stop',
    why: 'agentFailed',
    text: 'You have hit your limit; the profile a is one of codex',
  });
});

test('at a limit the run holds until that is over, then the same round goes on, and the time does not count', () => {
  const run = runAfter(...held());
  expect(run.held).toEqual({ why: 'limit', at: 7, text: 'limit · goes on 14:20', until: 5 * MINUTE });
  expect(step(run, { now: 5 * MINUTE - 1 })).toEqual({ type: 'wait' });
  expect(looksAt(run, MINUTE)).toBe(5 * MINUTE);
  // Whatever stands in its way then, it is not looked at again and again.
  expect(looksAt(run, 5 * MINUTE)).toBeUndefined();
  const on = step(run, { now: 5 * MINUTE });
  expect(on).toEqual({ type: 'prompt', text: promptAfterLimit(), afterLimit: true });
  if (on.type !== 'prompt') throw new Error('it does not go on');
  const after = runAfter(...held(), eventOfStep(on, run, 'p2'));
  expect(after).toMatchObject({ attempt: 1, held: undefined, heldMs: 1, stage: { name: 'prompting', prompt: 'p2' } });
});

test('an agent that goes on by itself is not told to; one that asks or has ended goes nowhere by itself', () => {
  const run = runAfter(...held());
  expect(step(run, { activity: activity('busy') })).toEqual({ type: 'goOn' });
  expect(step(run, { now: 9 * MINUTE, activity: activity('waiting') })).toEqual({ type: 'wait' });
  expect(step(run, { agentUp: false })).toMatchObject({ type: 'stop', why: 'agentExited' });
  expect(step(run, { now: 9 * MINUTE, away: true })).toEqual({ type: 'wait' });
  expect(step(run, { now: 9 * MINUTE, personHolds: true })).toMatchObject({ type: 'hold', why: 'takenOver' });
});

test('by another profile it waits for nothing but that: the agent ends, starts with its conversation, and is told to go on', () => {
  const facts = held({ do: 'profile', until: 5 * MINUTE, profile: 'work', text: 'limit · goes on by work' });
  const effects = (...more: readonly SessionFact[]) =>
    effectsOf(sessionAfter(...facts, ...more), {
      mayPrompt: false,
      personHolds: false,
      hostEvent: 0,
      storeFolder: '/t',
    });
  expect(effects()).toMatchObject([{ type: 'changeProfile', profile: 'work' }]);
  const ended: SessionFact = {
    type: 'hostExited',
    name: 'agent-1',
    end: { cause: 'exit', at: 8, code: 0, signal: undefined, text: 'It ended.' },
  };
  expect(step(runAfter(...facts, ended), { agentUp: false, now: 9 * MINUTE })).toEqual({ type: 'wait' });
  expect(effects(ended)).toMatchObject([{ type: 'changeProfile' }]);
  const taken: SessionFact = { type: 'runHeld', why: 'takenOver', text: 'you have it' };
  expect(effects(taken)).toEqual([]);

  const changed: readonly SessionFact[] = [
    ended,
    { type: 'profileChanged', profile: 'work' },
    { type: 'runPrompted', prompt: 'p2', text: 'go on', anew: false, afterLimit: true },
  ];
  expect(effects(...changed)).toMatchObject([{ type: 'startHost', name: 'agent-2', resume: true }]);
  const session = sessionAfter(...facts, ...changed);
  expect(session.agent.profile).toBe('work');
  expect(session.run).toMatchObject({ attempt: 1, held: undefined, stage: { name: 'prompting', prompt: 'p2' } });

  const failed: SessionFact = { type: 'effectFailed', effect: 'changeProfile:s1:7', why: 'No such profile.' };
  expect(runAfter(...facts, failed)).toMatchObject({
    held: undefined,
    stage: { name: 'stopped', text: 'No such profile.' },
  });
});
