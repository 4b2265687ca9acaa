import { describe, expect, test } from 'vitest';
import { effectsOf } from '../../source/session/effect.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { openPrompt } from '../../source/session/reduce-outbox.ts';
import { LIVE, sessionAfter } from './make.ts';

const FACTS = { mayPrompt: true, personHolds: false, hostEvent: 0, storeFolder: '/trash/s1' };
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
const RED = {
  host: 'check-1',
  attempt: 1,
  command: 'npm test',
  passed: false,
  code: 1,
  startedAt: 1,
  endedAt: 2,
  output: ['1 failed'],
  tree: undefined,
} as const;
const TURN: readonly SessionFact[] = [
  { type: 'promptTried', prompt: 'p1', result: { outcome: 'submitted', at: 5 }, seen: 1 },
  { type: 'turnBegun', prompt: 'p1', begunAt: 6 },
];
const CHECKING: readonly SessionFact[] = [...LIVE, RUN, ...TURN, { type: 'checkRequested', host: 'check-1' }];
const COMMITTING: readonly SessionFact[] = [...CHECKING, { type: 'commitRequested' }];
const READY: readonly SessionFact[] = [...COMMITTING, { type: 'runReady', commit: 'c5' }];
const effectTypes = (...facts: readonly SessionFact[]) =>
  effectsOf(sessionAfter(...facts), FACTS).map(effect => effect.type);

describe('a run', () => {
  test('is not let go twice', () => {
    expect(() => sessionAfter(...LIVE, RUN, RUN)).toThrow('it is let go already');
    const stopped: SessionFact = { type: 'runStopped', why: 'time', text: 'used up' };
    expect(sessionAfter(...LIVE, RUN, stopped, { ...RUN, run: 'r2' }).run).toMatchObject({ id: 'r2' });
  });

  test('gives its checks names that no earlier run has taken', () => {
    expect(sessionAfter(...READY, { ...RUN, run: 'r2' }).run?.checks).toBe(1);
  });

  test('asks for a check once, and not for one that has spoken', () => {
    expect(effectTypes(...CHECKING)).toEqual(['startCheck']);
    expect(effectTypes(...CHECKING, { type: 'checkFinished', result: RED })).toEqual([]);
  });

  test('that is sent back begins without the verdicts and the count of before', () => {
    const back: SessionFact = { type: 'runPrompted', prompt: 'p2', text: 'more', anew: true };
    const session = sessionAfter(...CHECKING, { type: 'checkFinished', result: RED }, back);
    expect(session.run).toMatchObject({ attempt: 1, lastCheck: undefined, readyCommit: undefined });
  });

  test('lets the prompt of who took it over past its own, up to the receipt, and then goes on with its own', () => {
    const red: SessionFact = { type: 'checkFinished', result: RED };
    const again: SessionFact = { type: 'runPrompted', prompt: 'p2', text: 'red', anew: false };
    const own: SessionFact = { type: 'promptQueued', prompt: 'p3', text: 'mine', by: 'person', way: 'typed' };
    const held = [...CHECKING, red, again, { type: 'runHeld', why: 'takenOver', text: '' } as const, own];
    expect(openPrompt(sessionAfter(...held), FACTS)?.id).toBe('p3');
    const sent = { type: 'promptTried', prompt: 'p3', result: { outcome: 'submitted', at: 9 }, seen: 1 } as const;
    expect(openPrompt(sessionAfter(...held, sent), FACTS)?.id).toBe('p3');
    const back = [sent, { type: 'turnBegun', prompt: 'p3', begunAt: 9 }, { type: 'runGoesOn' }] as const;
    expect(effectsOf(sessionAfter(...held, ...back), FACTS)).toMatchObject([{ type: 'deliverPrompt', prompt: 'p2' }]);
  });

  test('lets the prompt of another session wait with its own, and keeps it when it stops', () => {
    const theirs: SessionFact = { type: 'promptQueued', prompt: 'p3', text: 'theirs', by: 'session', way: 'typed' };
    const held: SessionFact = { type: 'runHeld', why: 'takenOver', text: '' };
    expect(openPrompt(sessionAfter(...CHECKING, held, theirs), FACTS)).toBeUndefined();
    const stopped: SessionFact = { type: 'runStopped', why: 'time', text: 'used up' };
    const session = sessionAfter(...CHECKING, theirs, stopped, { ...theirs, prompt: 'p4' });
    expect(session.run?.stage).toMatchObject({ name: 'stopped', why: 'time' });
    expect(session.outbox.filter(({ state }) => state === 'queued').map(({ id }) => id)).toEqual(['p3', 'p4']);
    expect(openPrompt(session, { personHolds: true })).toBeUndefined();
    expect(openPrompt(session, { personHolds: false })?.id).toBe('p3');
  });

  test('commits no more while a person has it, and again when it is given back', () => {
    const held: SessionFact = { type: 'runHeld', why: 'takenOver', text: 'you have it' };
    expect(effectTypes(...COMMITTING)).toEqual(['commitRun']);
    expect(effectTypes(...COMMITTING, held)).toEqual([]);
    expect(effectTypes(...COMMITTING, held, { type: 'runGoesOn' })).toEqual(['commitRun']);
  });
});

describe.each(['killRequested', 'pauseRequested'] as const)('a push under way, and then %s', type => {
  test('of what a run made ready is not begun again by itself', () => {
    const pushing: readonly SessionFact[] = [...READY, { type: 'pushRequested', commit: 'c5' }];
    expect(effectTypes(...pushing)).toEqual(['push']);
    expect(sessionAfter(...pushing, { type }).run?.stage.name).toBe('ready');
  });

  test('of a branch as it stands is not begun again by itself', () => {
    const pushing: readonly SessionFact[] = [...LIVE, { type: 'pushRequested', commit: 'c1' }];
    expect(effectTypes(...pushing)).toEqual(['push']);
    expect(sessionAfter(...pushing, { type }).pushing).toBeUndefined();
  });
});
