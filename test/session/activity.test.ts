import { expect, test } from 'vitest';
import { gemini } from '../../source/agents/gemini.ts';
import { opencode } from '../../source/agents/opencode.ts';
import type { HostEvent } from '../../source/protocol/host.ts';
import { claimOfOutput } from '../../source/session/activity-of-output.ts';
import { claimOfStatus } from '../../source/session/activity-of-status.ts';
import { activityOfClaims } from '../../source/session/claim.ts';
import type { Prompt } from '../../source/session/prompt.ts';
import { submittedUnnoted, turnBegunAt } from '../../source/session/receipt.ts';
import type { StatusRecord } from '../../source/terminal/status-report.ts';

const record = (at: number, state: StatusRecord['state'], more: Partial<StatusRecord> = {}): StatusRecord => ({
  id: '',
  state,
  at,
  ...more,
});
const event = (value: StatusRecord, n = value.at): HostEvent => ({ n, at: value.at, type: 'status', record: value });
const claim = (records: StatusRecord[], events: HostEvent[] = records.map(value => event(value))) =>
  claimOfStatus({ records, events, startedAt: 0 });

test.each([
  ['a root that works', [record(5, 'working', { message: 'reading' })], { state: 'busy', text: 'reading', since: 5 }],
  ['a root that is done', [record(5, 'done')], { state: 'idle', outcome: 'done', since: 5 }],
  ['an error', [record(5, 'error', { message: 'API Error' })], { state: 'idle', outcome: 'error', text: 'API Error' }],
  [
    'a child at work under a root that is done',
    [record(5, 'done'), record(4, 'working', { id: 'sub' })],
    { state: 'busy' },
  ],
  [
    'a blocked child before all',
    [record(5, 'working'), record(6, 'blocked', { id: 'sub', kind: 'permission' })],
    { state: 'waiting', kind: 'permission' },
  ],
  ['children only', [record(5, 'done', { id: 'a' }), record(6, 'idle', { id: 'b' })], { state: 'idle', since: 6 }],
])('%s', (_name, records, expected) => {
  expect(claim(records)).toMatchObject(expected);
});

test('since is when the state began, not when it was said last', () => {
  const last = record(9, 'working', { message: 'third' });
  const events = [record(3, 'working'), record(6, 'working'), last].map(value => event(value));
  expect(claim([last], events)).toMatchObject({ state: 'busy', since: 3, at: 9, text: 'third' });
});

test('an end that is said again is the end of another turn', () => {
  const again = record(9, 'done');
  const events = [record(3, 'working'), record(6, 'done'), again].map(value => event(value));
  expect(claim([again], events)).toMatchObject({ state: 'idle', outcome: 'done', since: 9 });
  const child = record(2, 'working', { id: 'sub' });
  expect(claim([child, again], [event(child), ...events])).toMatchObject({ state: 'busy', since: 2 });
});

test('idle begins when the last child is gone, even where the root was done before', () => {
  const root = record(4, 'done');
  const events = [event(record(3, 'working', { id: 'sub' })), event(root), event(record(8, 'clear', { id: 'sub' }))];
  expect(claim([root], events)).toMatchObject({ state: 'idle', outcome: 'done', since: 8 });
});

test('one that never reported says nothing; one that took all back is unknown', () => {
  expect(claim([], [])).toBeUndefined();
  expect(claim([], [event(record(7, 'clear'))])).toMatchObject({ state: 'unknown', since: 7 });
});

test('a silent program works until it settles, then is unknown and never idle', () => {
  const submitted: HostEvent = { n: 1, at: 10, type: 'submitted', by: 'person' };
  expect(claimOfOutput({ events: [], changedAt: 5, settled: true, startedAt: 1 })).toMatchObject({
    state: 'unknown',
    since: 1,
  });
  expect(claimOfOutput({ events: [submitted], changedAt: 12, settled: false, startedAt: 1 })).toMatchObject({
    state: 'busy',
    since: 10,
  });
  expect(claimOfOutput({ events: [submitted], changedAt: 12, settled: true, startedAt: 1 })).toMatchObject({
    state: 'unknown',
    since: 12,
  });
});

test('the owner decides and the others agree or not', () => {
  const busy = { source: 'osc7501', state: 'busy', since: 1, at: 2, words: 'working' } as const;
  const idle = { source: 'screen', state: 'idle', since: 1, at: 3, words: 'an empty box' } as const;
  expect(activityOfClaims([undefined, busy, idle], 9)).toMatchObject({
    state: 'busy',
    evidence: [
      { source: 'osc7501', agrees: true },
      { source: 'screen', agrees: false },
    ],
  });
});

test('a receipt is the first word of a turn after the Enter, however short the turn', () => {
  const prompt = { state: 'submitted', stateAt: 10 } as const;
  const status = (...values: StatusRecord[]) => ({
    events: values.map(value => event(value)),
    records: values.slice(-1),
  });
  expect(turnBegunAt(status(record(4, 'done')), prompt)).toBeUndefined();
  expect(turnBegunAt(status(record(4, 'done'), record(12, 'working')), prompt)).toBe(12);
  expect(turnBegunAt(status(record(4, 'idle'), record(13, 'done')), prompt)).toBe(13);
  expect(turnBegunAt(status(record(4, 'done'), record(12, 'idle')), prompt)).toBeUndefined();
  const stirred = (at: number): HostEvent => ({ n: at, at, type: 'stirred' });
  expect(turnBegunAt({ events: [stirred(4), stirred(11)], records: [] }, prompt)).toBe(11);
  expect(turnBegunAt({ events: [stirred(9)], records: [] }, prompt)).toBeUndefined();
  // One that speaks is believed, not its screen: it redraws its input box before the turn begins.
  expect(turnBegunAt({ events: [stirred(11)], records: [record(4, 'idle')] }, prompt)).toBeUndefined();
  // And one that is known to speak: before its first word it may have drawn a question that holds the prompt back.
  expect(turnBegunAt({ events: [stirred(11)], records: [] }, prompt, { states: ['working'] })).toBeUndefined();
});

test('a receipt by a hook is the one of the whole agent, and what its program says at every start is none', () => {
  const prompt = { state: 'submitted', stateAt: 10 } as const;
  const receipt = { hook: 'UserPromptSubmit', states: ['done'] } as const;
  const hook = (at: number, data = {}): HostEvent => ({
    n: at,
    at,
    type: 'hook',
    report: { id: `${at}-UserPromptSubmit`, name: 'UserPromptSubmit', at, asks: false, data },
  });
  const begunAt = (...events: HostEvent[]) => turnBegunAt({ events, records: [] }, prompt, receipt);
  const working = event(record(11, 'working'));
  expect(begunAt(working, event(record(12, 'idle')))).toBeUndefined();
  expect(begunAt(hook(9), working, hook(13, { agent_id: 'a1' }))).toBeUndefined();
  expect(begunAt(working, event(record(12, 'idle')), hook(14))).toBe(14);
  expect(begunAt(working, event(record(15, 'done')))).toBe(15);
});

test('a receipt by a report of its state is the one that begins something, and not the end of what was before', () => {
  const prompt = { state: 'submitted', stateAt: 10 } as const;
  const status = (at: number, type: string): HostEvent => ({
    n: at,
    at,
    type: 'hook',
    report: { id: `server-${at}`, name: 'session.status', at, asks: false, data: { status: { type } } },
  });
  const begunAt = (...events: HostEvent[]) => turnBegunAt({ events, records: [] }, prompt, opencode.receipt);
  expect(begunAt(status(9, 'busy'), status(11, 'idle'))).toBeUndefined();
  expect(begunAt(status(11, 'idle'), status(12, 'busy'))).toBe(12);
  expect(begunAt(status(12, 'retry'))).toBe(12);
});

test('a program that only draws has taken a prompt when it works or its box is empty again, not when something changes', () => {
  const prompt = { state: 'submitted', stateAt: 10 } as const;
  const rule = (at: number, name: string, holds: boolean): HostEvent => ({
    n: at,
    at,
    type: 'ruleChanged',
    rule: name,
    holds,
  });
  const begunAt = (...events: HostEvent[]) => turnBegunAt({ events, records: [] }, prompt, gemini.receipt);
  // Enter became a line of the text.
  expect(begunAt(rule(9, 'gemini/taken', false), { n: 11, at: 11, type: 'stirred' })).toBeUndefined();
  expect(begunAt(rule(9, 'gemini/taken', false), rule(12, 'gemini/taken', true))).toBe(12);
  expect(begunAt(rule(11, 'gemini/working', true))).toBe(11);
});

test('a delivery whose answer was missed is found in the host events, under its own operation only', () => {
  const prompt = { id: 'p1', attempts: 1, state: 'queued' } as Prompt;
  const submitted = (operation: string): HostEvent => ({ n: 9, at: 12, type: 'submitted', by: 'person', operation });
  expect(submittedUnnoted({ events: [submitted('p1/1')] }, [prompt])).toEqual({
    type: 'promptTried',
    prompt: 'p1',
    result: { outcome: 'submitted', at: 12 },
    seen: 9,
  });
  expect(submittedUnnoted({ events: [submitted('p1/0')] }, [prompt])).toBeUndefined();
  expect(submittedUnnoted({ events: [submitted('p1/1')] }, [{ ...prompt, state: 'submitted' }])).toBeUndefined();
  // What was sent in the moment of its withdrawal has been sent.
  expect(submittedUnnoted({ events: [submitted('p1/1')] }, [{ ...prompt, state: 'withdrawn' }])).toBeDefined();
});
