import { expect, test } from 'vitest';
import type { DeliveryResult } from '../../source/protocol/host.ts';
import type { Activity } from '../../source/session/activity.ts';
import { deriveStatus } from '../../source/session/derive-status.ts';
import { effectsOf } from '../../source/session/effect.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { MOST_ATTEMPTS } from '../../source/session/reduce-outbox.ts';
import { CREATED, LIVE, STARTED, sessionAfter } from './make.ts';

const FACTS = { mayPrompt: true, personHolds: false, hostEvent: 7, storeFolder: '/trash' };
const IDLE: Activity = {
  state: 'idle',
  kind: undefined,
  outcome: undefined,
  text: undefined,
  since: 70,
  evidence: [],
};
const queued = (prompt: string): SessionFact => ({
  type: 'promptQueued',
  prompt,
  text: `text of ${prompt}`,
  by: 'person',
  way: 'typed',
});
const tried = (prompt: string, outcome: DeliveryResult['outcome'], seen = 7): SessionFact => ({
  type: 'promptTried',
  prompt,
  result: { outcome, at: 50 },
  seen,
});

test('prompts go one at a time, in order, each with an operation of its own', () => {
  const two = [...LIVE, queued('p1'), queued('p2')];
  expect(effectsOf(sessionAfter(...two), FACTS)).toEqual([
    {
      type: 'deliverPrompt',
      key: 'deliverPrompt:agent-1:p1/0',
      session: 's1',
      prompt: 'p1',
      operation: 'p1/0',
      text: 'text of p1',
      by: 'person',
    },
  ]);
  // Submitted, but not begun: the second one still waits.
  expect(effectsOf(sessionAfter(...two, tried('p1', 'submitted')), FACTS)).toEqual([]);
  const begun: SessionFact = { type: 'turnBegun', prompt: 'p1', begunAt: 51 };
  expect(effectsOf(sessionAfter(...two, tried('p1', 'submitted'), begun), FACTS).map(effect => effect.key)).toEqual([
    'deliverPrompt:agent-1:p2/0',
  ]);
  expect(effectsOf(sessionAfter(...two), { ...FACTS, mayPrompt: false })).toEqual([]);
});

test('a prompt that was put off waits for news from its pane, and is given up after some tries', () => {
  const once = [...LIVE, queued('p1'), tried('p1', 'dialog')];
  expect(effectsOf(sessionAfter(...once), FACTS)).toEqual([]);
  expect(effectsOf(sessionAfter(...once), { ...FACTS, hostEvent: 8 }).map(effect => effect.key)).toEqual([
    'deliverPrompt:agent-1:p1/1',
  ]);
  const often = Array.from({ length: MOST_ATTEMPTS }, () => tried('p1', 'draft'));
  expect(sessionAfter(...LIVE, queued('p1'), ...often).outbox).toMatchObject([
    { state: 'undelivered', why: 'a draft stands in its input' },
  ]);
});

test('a draft that its delivery has met is said while it waits, and is no try of its own', () => {
  const met: SessionFact = { type: 'draftMet', prompt: 'p1' };
  const waits = sessionAfter(...LIVE, queued('p1'), met);
  expect(waits.outbox).toMatchObject([{ state: 'queued', why: 'a draft stands in its input', attempts: 0 }]);
  expect(effectsOf(waits, FACTS).map(effect => effect.key)).toEqual(['deliverPrompt:agent-1:p1/0']);
  const sent = sessionAfter(...LIVE, queued('p1'), met, tried('p1', 'submitted'));
  expect(sent.outbox).toMatchObject([{ state: 'submitted', why: undefined }]);
  expect(sessionAfter(...LIVE, queued('p1'), tried('p1', 'submitted'), met).outbox).toEqual(sent.outbox);
});

test('what held a prompt up in the pane of a host that is gone is said no more', () => {
  const { outbox } = sessionAfter(
    ...LIVE,
    queued('p1'),
    { type: 'draftMet', prompt: 'p1' },
    { type: 'hostLost', name: 'agent-1', cause: 'crash' },
    { type: 'restartRequested', conversation: 'u2', envNames: [] },
    { ...STARTED, name: 'agent-2' },
  );
  expect(outbox).toMatchObject([{ state: 'queued', why: undefined }]);
});

test('one that was put back goes under a new name as soon as it may, and has not used up a try by it', () => {
  const often = Array.from({ length: MOST_ATTEMPTS + 1 }, () => tried('p1', 'cancelled'));
  const session = sessionAfter(...LIVE, queued('p1'), tried('p1', 'draft'), ...often);
  expect(session.outbox).toMatchObject([{ state: 'queued', why: undefined }]);
  expect(effectsOf(session, FACTS)).toMatchObject([{ operation: `p1/${MOST_ATTEMPTS + 2}` }]);
  const drafts = Array.from({ length: MOST_ATTEMPTS - 1 }, () => tried('p1', 'draft'));
  const given = sessionAfter(...LIVE, queued('p1'), tried('p1', 'draft'), ...often, ...drafts);
  expect(given.outbox).toMatchObject([{ state: 'undelivered', why: 'a draft stands in its input' }]);
});

test('what another session sent waits while a person has the keys, and its row says which key lets it in', () => {
  const session = sessionAfter(...LIVE, { ...queued('p1'), by: 'session' } as SessionFact);
  const said = { ...IDLE, text: 'Done.' };
  expect(effectsOf(session, { ...FACTS, personHolds: true })).toEqual([]);
  expect(deriveStatus(session, said, { personHolds: true }).line).toBe('a prompt waits; g lets it in');
  expect(effectsOf(session, FACTS)).toMatchObject([{ type: 'deliverPrompt', prompt: 'p1', by: 'session' }]);
  expect(deriveStatus(session, said, { personHolds: false }).line).toBe('Done.');
  const own = sessionAfter(...LIVE, queued('p1'));
  expect(effectsOf(own, { ...FACTS, personHolds: true })).toMatchObject([{ by: 'person' }]);
  expect(deriveStatus(own, said, { personHolds: true }).line).toBe('Done.');
});

test('a delivery that fails is said at the prompt, and not tried in a circle', () => {
  const failed: SessionFact = {
    type: 'effectFailed',
    effect: 'deliverPrompt:agent-1:p1/0',
    why: 'Could not send the prompt: x.',
  };
  const session = sessionAfter(...LIVE, queued('p1'), queued('p2'), failed);
  expect(session.outbox).toMatchObject([
    { state: 'undelivered', why: 'Could not send the prompt: x.' },
    { state: 'queued', why: undefined },
  ]);
  expect(effectsOf(session, { ...FACTS, hostEvent: 99 }).map(effect => effect.key)).toEqual([
    'deliverPrompt:agent-1:p2/0',
  ]);
});

test.each(['pasted', 'notSeen'] as const)('what was %s is never pasted again', outcome => {
  const session = sessionAfter(...LIVE, queued('p1'), tried('p1', outcome));
  expect(session.outbox).toMatchObject([{ state: 'undelivered', attempts: 1 }]);
  expect(effectsOf(session, { ...FACTS, hostEvent: 99 })).toEqual([]);
});

test('the first prompt goes with the arguments, or is typed when the program takes none', () => {
  const first: SessionFact = { type: 'promptQueued', prompt: 'p1', text: 'go', by: 'person', way: 'argv' };
  const starting = [CREATED, first, { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' } as const];
  expect(effectsOf(sessionAfter(...starting), FACTS)).toMatchObject([
    { type: 'startHost', prompt: { id: 'p1', text: 'go' } },
  ]);
  expect(sessionAfter(...starting, { ...STARTED, promptGiven: true }).outbox).toMatchObject([
    { state: 'submitted', stateAt: 3 },
  ]);
  const typed = sessionAfter(...starting, STARTED);
  expect(typed.outbox).toMatchObject([{ state: 'queued', way: 'typed' }]);
  expect(effectsOf(typed, FACTS)).toMatchObject([{ type: 'deliverPrompt', prompt: 'p1' }]);
});

test('an agent that ends before it began leaves the prompt undelivered', () => {
  const end = { cause: 'crash', at: 60, code: 1, signal: undefined, text: 'It crashed.' } as const;
  const session = sessionAfter(...LIVE, queued('p1'), tried('p1', 'submitted'), {
    type: 'hostExited',
    name: 'agent-1',
    end,
  });
  expect(session.outbox).toMatchObject([{ state: 'undelivered', why: 'the agent ended before it began' }]);
});

test('what waits or failed can be withdrawn, what went cannot', () => {
  const withdraw: SessionFact = { type: 'promptWithdrawn', prompt: 'p1' };
  expect(sessionAfter(...LIVE, queued('p1'), withdraw).outbox).toMatchObject([{ state: 'withdrawn' }]);
  expect(sessionAfter(...LIVE, queued('p1'), tried('p1', 'submitted'), withdraw).outbox).toMatchObject([
    { state: 'submitted' },
  ]);
});

test('what was typed while it was withdrawn has gone, and the ledger says so', () => {
  const withdraw: SessionFact = { type: 'promptWithdrawn', prompt: 'p1' };
  const states = (outcome: 'submitted' | 'dialog') =>
    sessionAfter(...LIVE, queued('p1'), withdraw, tried('p1', outcome)).outbox.map(({ state }) => state);
  expect(states('submitted')).toEqual(['submitted']);
  expect(states('dialog')).toEqual(['withdrawn']);
});

test('a prompt that was put off goes on the next host, whose events count from one', () => {
  const end = { cause: 'exit', at: 60, code: 0, signal: undefined, text: 'It ended.' } as const;
  const session = sessionAfter(
    ...LIVE,
    queued('p1'),
    tried('p1', 'exited', 300),
    { type: 'hostExited', name: 'agent-1', end },
    { type: 'restartRequested', conversation: 'u2', envNames: [] },
    { ...STARTED, name: 'agent-2' },
  );
  expect(effectsOf(session, { ...FACTS, hostEvent: 3 }).map(effect => effect.key)).toEqual([
    'deliverPrompt:agent-2:p1/1',
  ]);
});

test('an answer that comes after the end was noted does not hold up what follows', () => {
  const end = { cause: 'exit', at: 60, code: 0, signal: undefined, text: 'It ended.' } as const;
  const session = sessionAfter(
    ...LIVE,
    queued('p1'),
    { type: 'hostExited', name: 'agent-1', end },
    tried('p1', 'submitted'),
  );
  expect(session.outbox).toMatchObject([{ state: 'undelivered', why: 'the agent ended before it began' }]);
});

const RUN: SessionFact = {
  type: 'runStarted',
  run: 'r1',
  goal: 'g',
  check: 'true',
  limits: { attempts: 1, minutes: 1 },
  prompt: 'goal',
  text: 'g',
  way: 'typed',
};

test('a run that was stopped prompts nobody any more', () => {
  const session = sessionAfter(...LIVE, RUN, { type: 'runStopped', why: 'time', text: 'used up' });
  expect(session.outbox).toMatchObject([{ id: 'goal', state: 'withdrawn' }]);
  expect(effectsOf(session, FACTS)).toEqual([]);
});

test("a person's prompt stays when the run that it waits beside is stopped", () => {
  const stopped: SessionFact = { type: 'runStopped', why: 'time', text: 'used up' };
  const session = sessionAfter(...LIVE, RUN, queued('mine'), stopped);
  expect(effectsOf(session, FACTS).map(effect => effect.key)).toEqual(['deliverPrompt:agent-1:mine/0']);
});

test("a person's prompt goes past those of a run that the person holds", () => {
  const held: SessionFact = { type: 'runHeld', why: 'takenOver', text: 'you have it' };
  const session = sessionAfter(...LIVE, RUN, held, queued('mine'));
  expect(effectsOf(session, FACTS).map(effect => effect.key)).toEqual(['deliverPrompt:agent-1:mine/0']);
});

test('one that is ahead goes before those that wait, and after what was sent', () => {
  const ahead: SessionFact = {
    type: 'promptQueued',
    prompt: 'now',
    text: 'n',
    by: 'person',
    way: 'typed',
    ahead: true,
  };
  const session = sessionAfter(...LIVE, queued('p1'), tried('p1', 'submitted'), queued('p2'), ahead);
  expect(session.outbox.map(({ id }) => id)).toEqual(['p1', 'now', 'p2']);
});
