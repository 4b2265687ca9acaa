import type { SessionEvent, SessionFact } from '../../source/session/event.ts';
import { reduceSession } from '../../source/session/reduce.ts';
import type { Session } from '../../source/session/session.ts';

export const CREATED: SessionFact = {
  type: 'sessionCreated',
  title: 'Fix flaky test',
  titleBy: 'user',
  repository: { gitDir: '/r/.git', root: '/r', name: 'acme/shop' },
  branch: 'ana/fix-flaky-test',
  branchCreated: true,
  base: { ref: 'main', commit: 'c0' },
  agent: { kind: 'demo', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
  conversation: 'uuid-1',
  worktree: '/w/fix',
  envNames: ['PATH'],
};

export const STARTED = {
  type: 'hostStarted',
  name: 'agent-1',
  hostPid: 10,
  programPid: 11,
  startedAt: 3,
  promptGiven: false,
} as const satisfies SessionFact;

/** The state after these facts, at 1, 2, 3, … */
export function sessionAfter(...facts: readonly SessionFact[]): Session {
  let session: Session | undefined;
  facts.forEach((fact, at) => {
    session = reduceSession(session, eventAt(at + 1, fact));
  });
  if (!session) throw new Error('no facts');
  return session;
}

export function eventAt(at: number, fact: SessionFact): SessionEvent {
  return { session: 's1', at, ...fact };
}

/** A session whose agent runs. */
export const LIVE: readonly SessionFact[] = [CREATED, { type: 'worktreeAdded', branch: 'ana/fix-flaky-test' }, STARTED];
