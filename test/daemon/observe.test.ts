import { describe, expect, test } from 'vitest';
import { activityOf, effectFactsOf } from '../../source/daemon/observe.ts';
import type { HostStatus } from '../../source/protocol/host.ts';
import type { SessionFact } from '../../source/session/event.ts';
import type { AgentChoice } from '../../source/session/session.ts';
import type { StatusRecord } from '../../source/terminal/status-report.ts';
import { hostStatusAfter } from '../agents/host-status.ts';
import { CREATED, LIVE, STARTED, sessionAfter } from '../session/make.ts';

const QUEUED: SessionFact = { type: 'promptQueued', prompt: 'p1', text: 'x', by: 'person', way: 'typed' };
const RUN: SessionFact = {
  type: 'runStarted',
  run: 'r1',
  goal: 'g',
  check: 'true',
  limits: { attempts: 1, minutes: 1 },
  prompt: 'p1',
  text: 'g',
  way: 'typed',
};

/** Of the demo agent, which queues what it is given while it works. */
function mayPrompt(fact: SessionFact, state: StatusRecord['state']): boolean {
  const status: HostStatus = {
    session: 's1',
    name: 'agent-1',
    role: 'agent',
    hostPid: 10,
    programPid: 11,
    startedAt: 0,
    columns: 80,
    rows: 24,
    sequence: 0,
    title: '',
    modes: {} as HostStatus['modes'],
    lease: { holder: 'automation', since: 0, client: undefined },
    records: [{ state, id: '', at: 5 }],
    events: [{ n: 1, at: 5, type: 'status', record: { state, id: '', at: 5 } }],
    changedAt: 5,
    settled: true,
    exit: undefined,
  };
  return effectFactsOf(
    sessionAfter(...LIVE, fact),
    { now: 9, status, changed: undefined, tree: undefined },
    '/trash/s1',
  ).mayPrompt;
}

describe('a prompt', () => {
  test('of a person may queue up in an agent that works', () => expect(mayPrompt(QUEUED, 'working')).toBe(true));
  test('of a run waits for the end of the turn', () => expect(mayPrompt(RUN, 'working')).toBe(false));
  test.each([QUEUED, RUN])('goes to an agent that is idle ($type)', fact => expect(mayPrompt(fact, 'idle')).toBe(true));
  test.each([QUEUED, RUN])('goes to none that asks something ($type)', fact =>
    expect(mayPrompt(fact, 'blocked')).toBe(false),
  );
});

test('what an adapter stumbles over makes its session unknown, with the reason, and throws nothing', () => {
  const agent: AgentChoice = {
    kind: 'claude',
    command: undefined,
    permissionMode: undefined,
    model: undefined,
    extra: [],
    described: { states: [{ state: 'idle', title: '(' }] },
  };
  const created = { ...(CREATED as Extract<SessionFact, { type: 'sessionCreated' }>), agent };
  const session = sessionAfter(created, { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' }, STARTED);
  const activity = activityOf(session, { now: 9000, status: hostStatusAfter([{ state: 'working' }]) });
  expect(activity).toMatchObject({
    state: 'unknown',
    text: expect.stringMatching(/^what claude reports can't be read: Invalid regular expression/u),
    since: 1000,
    evidence: [{ source: 'tutti', claim: expect.stringContaining('tutti wrong keeps'), at: 1000, agrees: true }],
  });
});
