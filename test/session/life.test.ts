import { expect, test } from 'vitest';
import { effectsOf } from '../../source/session/effect.ts';
import type { SessionFact } from '../../source/session/event.ts';
import { reduceSession } from '../../source/session/reduce.ts';
import { CREATED, eventAt, LIVE, sessionAfter } from './make.ts';

const FACTS = { mayPrompt: true, personHolds: false, hostEvent: 0, storeFolder: '/trash/s1' };
const KILL: readonly SessionFact[] = [
  { type: 'killRequested' },
  { type: 'hostsEnded' },
  { type: 'snapshotWritten', ref: 'refs/tutti/s1/4', commit: 'c9', tip: 'c1' },
  { type: 'worktreeStored', folder: '/trash/s1' },
];
const effectTypes = (...facts: readonly SessionFact[]) =>
  effectsOf(sessionAfter(...facts), FACTS).map(effect => effect.type);

test('a session is made in two steps and then lives', () => {
  expect(effectsOf(sessionAfter(CREATED), FACTS)).toEqual([
    {
      type: 'addWorktree',
      key: 'addWorktree:s1',
      session: 's1',
      gitDir: '/r/.git',
      path: '/w/fix',
      branch: 'ana/fix-flaky-test',
      create: 'c0',
    },
  ]);
  expect(effectsOf(sessionAfter(CREATED, { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' }), FACTS)).toEqual([
    {
      type: 'startHost',
      key: 'startHost:s1:agent-1',
      session: 's1',
      name: 'agent-1',
      resume: false,
      prompt: undefined,
    },
  ]);
  const live = sessionAfter(...LIVE);
  expect(live.life).toEqual({ name: 'live' });
  expect(live.host).toEqual({ state: 'running', name: 'agent-1', hostPid: 10, programPid: 11 });
  expect(effectsOf(live, FACTS)).toEqual([]);
});

test('a worktree on a branch that was there already takes nothing of it away', () => {
  const session = sessionAfter({ ...CREATED, branchCreated: false } as SessionFact, {
    type: 'effectFailed',
    effect: 'addWorktree:s1',
    why: 'no space',
  });
  expect(effectsOf(session, FACTS)).toEqual([
    {
      type: 'removeWorktree',
      key: 'removeWorktree:s1',
      session: 's1',
      gitDir: '/r/.git',
      path: '/w/fix',
    },
  ]);
});

test('a creation that fails is undone and says why', () => {
  const failed = [
    CREATED,
    { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' },
    { type: 'effectFailed', effect: 'startHost:s1:agent-1', why: 'claude is not there.' },
  ] as const;
  expect(effectTypes(...failed)).toEqual(['removeWorktree']);
  const gone = sessionAfter(...failed, { type: 'creationUndone' });
  expect(gone.life).toEqual({ name: 'discarded' });
  expect(gone.trouble?.what).toBe('claude is not there.');
  expect(effectsOf(gone, FACTS)).toEqual([]);
});

test('killed while its worktree is made it is undone: there is nothing to keep', () => {
  const killed = sessionAfter(CREATED, { type: 'killRequested' });
  expect(effectTypes(CREATED, { type: 'killRequested' })).toEqual(['removeWorktree']);
  expect(killed.trouble).toBeUndefined();
  // Stopped by it, the making fails.
  const stopped = [
    CREATED,
    { type: 'killRequested' },
    { type: 'effectFailed', effect: 'addWorktree:s1', why: 'x' },
  ] as const;
  expect(sessionAfter(...stopped).life).toEqual({ name: 'discarding', step: 'worktree' });
});

test('what was worked before a creation failed is kept as after a kill', () => {
  const failed = [
    CREATED,
    { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' },
    { type: 'effectFailed', effect: 'startHost:s1:agent-1', why: 'claude is not there.' },
    { type: 'creationKept' },
  ] as const;
  expect(effectTypes(...failed)).toEqual(['endHosts']);
  const kept = sessionAfter(...failed, ...KILL.slice(1));
  expect(kept).toMatchObject({ life: { name: 'killed' }, trouble: { what: 'claude is not there.' } });
  expect(kept.kept).toMatchObject({ hadHost: false, from: 'live', folder: expect.any(String) });
});

test('a kill ends the hosts, writes a snapshot, stores the folder, and undo is its reverse', () => {
  expect(effectTypes(...LIVE, KILL[0] as SessionFact)).toEqual(['endHosts']);
  expect(effectTypes(...LIVE, ...KILL.slice(0, 2))).toEqual(['writeSnapshot']);
  expect(effectTypes(...LIVE, ...KILL.slice(0, 3))).toEqual(['storeWorktree']);
  const killed = sessionAfter(...LIVE, ...KILL);
  expect(killed.life.name).toBe('killed');
  expect(killed.end).toMatchObject({ cause: 'user', text: 'It was killed.' });
  expect(effectsOf(killed, FACTS)).toEqual([]);

  const undo: readonly SessionFact[] = [
    { type: 'undoRequested', onto: 'branch', conversation: 'uuid-2', envNames: ['PATH'] },
  ];
  expect(effectsOf(sessionAfter(...LIVE, ...KILL, ...undo), FACTS)).toEqual([
    {
      type: 'restoreWorktree',
      key: 'restoreWorktree:s1:8',
      session: 's1',
      gitDir: '/r/.git',
      from: '/trash/s1',
      to: '/w/fix',
      branch: 'ana/fix-flaky-test',
      onto: 'branch',
      tip: 'c1',
      commit: 'c9',
    },
  ]);
  const back: readonly SessionFact[] = [
    ...LIVE,
    ...KILL,
    ...undo,
    { type: 'worktreeRestored', branch: 'ana/fix-flaky-test' },
  ];
  expect(sessionAfter(...back).host).toEqual({ state: 'starting', name: 'agent-2', resume: false });
  const again = sessionAfter(...back, {
    type: 'hostStarted',
    name: 'agent-2',
    hostPid: 20,
    programPid: 21,
    startedAt: 9,
    promptGiven: false,
  });
  expect(again).toEqual({
    ...sessionAfter(...LIVE),
    version: 10,
    lifeAt: 10,
    hosts: 2,
    conversation: 'uuid-2',
    host: { state: 'running', name: 'agent-2', hostPid: 20, programPid: 21 },
  });
});

test('a conversation that has begun is resumed, one that has not gets a fresh id', () => {
  const turn: SessionFact[] = [
    { type: 'promptQueued', prompt: 'p1', text: 'hi', by: 'person', way: 'typed' },
    { type: 'promptTried', prompt: 'p1', result: { outcome: 'submitted', at: 5 }, seen: 3 },
    { type: 'turnBegun', prompt: 'p1', begunAt: 6 },
  ];
  const exit: SessionFact = {
    type: 'hostExited',
    name: 'agent-1',
    end: { cause: 'exit', at: 8, code: 0, signal: undefined, text: 'It ended by itself.' },
  };
  const restart: SessionFact = { type: 'restartRequested', conversation: 'uuid-2', envNames: [] };
  expect(sessionAfter(...LIVE, ...turn, exit, restart)).toMatchObject({
    conversation: 'uuid-1',
    host: { state: 'starting', name: 'agent-2', resume: true },
  });
  expect(sessionAfter(...LIVE, exit, restart)).toMatchObject({
    conversation: 'uuid-2',
    host: { state: 'starting', name: 'agent-2', resume: false },
  });
});

test('a kill that cannot be finished leaves the session, with its work where it was', () => {
  const session = sessionAfter(...LIVE, ...KILL.slice(0, 2), {
    type: 'effectFailed',
    effect: 'writeSnapshot:s1:5',
    why: 'The disk is full.',
  });
  expect(session.life).toEqual({ name: 'live' });
  expect(session.host.state).toBe('exited');
  expect(session.trouble?.what).toBe('The disk is full.');
});

test.each(['startCheck:s1:check-1', 'push:r1:c1', 'startHost:s1:agent-2'])(
  '%s that fails under a kill does not stop it',
  effect => {
    const failed = { type: 'effectFailed', effect, why: 'It was ended.' } as const;
    const session = sessionAfter(...LIVE, KILL[0] as SessionFact, failed);
    expect(session.life).toEqual({ name: 'killing', step: 'endHost' });
    expect(sessionAfter(...LIVE, KILL[0] as SessionFact, failed, ...KILL.slice(1)).life.name).toBe('killed');
  },
);

test('the agent comes back only where it ran when its session was killed', () => {
  const exit: SessionFact = {
    type: 'hostExited',
    name: 'agent-1',
    end: { cause: 'exit', at: 8, code: 0, signal: undefined, text: 'It ended by itself.' },
  };
  const back = sessionAfter(
    ...LIVE,
    exit,
    ...KILL,
    { type: 'undoRequested', onto: 'branch', conversation: 'u', envNames: [] },
    { type: 'worktreeRestored', branch: 'ana/fix-flaky-test' },
  );
  expect(back).toMatchObject({ life: { name: 'live' }, host: { state: 'exited' } });
  expect(effectsOf(back, FACTS)).toEqual([]);
});

test('an agent that a kill or a pause has ended was ended by the user, whatever its program says', () => {
  const end = { cause: 'crash', at: 8, code: undefined, signal: 'SIGTERM', text: 'It was ended by SIGTERM.' } as const;
  const exit: SessionFact = { type: 'hostExited', name: 'agent-1', end };
  expect(sessionAfter(...LIVE, exit).end).toEqual(end);
  expect(sessionAfter(...LIVE, { type: 'killRequested' }, exit).end).toMatchObject({
    cause: 'user',
    text: 'It was killed.',
  });
  expect(sessionAfter(...LIVE, { type: 'pauseRequested' }, exit).end).toMatchObject({
    cause: 'user',
    text: 'It was paused.',
  });
});

test('the end of an earlier host is not that of the one that runs', () => {
  const exit = (name: string): SessionFact => ({
    type: 'hostExited',
    name,
    end: { cause: 'crash', at: 8, code: 1, signal: undefined, text: 'It crashed.' },
  });
  const again: readonly SessionFact[] = [
    ...LIVE,
    exit('agent-1'),
    { type: 'restartRequested', conversation: 'u', envNames: [] },
    { type: 'hostStarted', name: 'agent-2', hostPid: 20, programPid: 21, startedAt: 9, promptGiven: false },
  ];
  const session = sessionAfter(...again, exit('agent-1'), { type: 'hostLost', name: 'agent-1', cause: 'crash' });
  expect(session).toMatchObject({ host: { state: 'running', name: 'agent-2' }, end: undefined });
});

test('each kill and pause keeps a snapshot of its own', () => {
  const refOf = (...facts: readonly SessionFact[]) =>
    effectsOf(sessionAfter(...facts), FACTS).flatMap(effect => (effect.type === 'writeSnapshot' ? [effect.ref] : []));
  const first: readonly SessionFact[] = [...LIVE, ...KILL.slice(0, 2)];
  const second: readonly SessionFact[] = [
    ...LIVE,
    ...KILL,
    { type: 'undoRequested', onto: 'branch', conversation: 'u', envNames: [] },
    { type: 'worktreeRestored', branch: 'ana/fix-flaky-test' },
    { type: 'hostStarted', name: 'agent-2', hostPid: 20, programPid: 21, startedAt: 9, promptGiven: false },
    ...KILL.slice(0, 2),
  ];
  expect(refOf(...first)).toEqual(['refs/tutti/s1/4']);
  expect(refOf(...second)).toEqual(['refs/tutti/s1/11']);
});

test('a paused session that is killed comes back paused', () => {
  const pause: readonly SessionFact[] = [{ type: 'pauseRequested' }, ...KILL.slice(1)];
  const paused = sessionAfter(...LIVE, ...pause);
  expect(paused.life.name).toBe('paused');
  const killed = sessionAfter(...LIVE, ...pause, { type: 'killRequested' });
  expect(killed.life.name).toBe('killed');
  const back = sessionAfter(
    ...LIVE,
    ...pause,
    { type: 'killRequested' },
    { type: 'undoRequested', onto: 'branch', conversation: 'u', envNames: [] },
  );
  expect(back.life.name).toBe('paused');
  expect(back.kept?.folder).toBe('/trash/s1');
});

test.each([
  [
    'killRequested',
    [CREATED, { type: 'worktreeAdded', branch: 'x' }],
    'Session s1 cannot take killRequested: its life is creating/host.',
  ],
  ['pauseRequested', [...LIVE, ...KILL], 'Session s1 cannot take pauseRequested: its life is killed.'],
  ['restartRequested', LIVE, 'Session s1 cannot take restartRequested: its agent is running.'],
  ['worktreeAdded', LIVE, 'Session s1 cannot take worktreeAdded: its life is live.'],
] as const)('%s is illegal where it has no sense', (type, facts, message) => {
  const session = sessionAfter(...facts);
  const event = eventAt(99, { type, conversation: 'u', envNames: [] } as unknown as SessionFact);
  expect(() => reduceSession(session, event)).toThrow(message);
});
