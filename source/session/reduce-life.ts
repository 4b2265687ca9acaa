import type { EffectType } from './effect.ts';
import type { SessionEvent } from './event.ts';
import { illegalFor } from './illegal-event.ts';
import type { Kept, Life, Session } from './session.ts';

type Part = Partial<Pick<Session, 'life' | 'lifeAt' | 'kept' | 'trouble' | 'title' | 'titleBy' | 'branch' | 'grants'>>;

export function createSession(event: SessionEvent & { readonly type: 'sessionCreated' }): Session {
  return {
    id: event.session,
    version: 1,
    title: event.title,
    titleBy: event.titleBy,
    createdAt: event.at,
    repository: event.repository,
    branch: event.branch,
    branchCreated: event.branchCreated,
    base: event.base,
    agent: event.agent,
    ...(event.parent === undefined ? {} : { parent: event.parent }),
    ...(event.grants === undefined ? {} : { grants: event.grants }),
    conversation: event.conversation,
    conversationBegun: event.adopted ?? false,
    ...(event.forks === undefined ? {} : { forks: event.forks }),
    envNames: event.envNames,
    worktree: event.worktree,
    place: 'local',
    mode: 'conductor',
    life: { name: 'creating', step: 'worktree' },
    lifeAt: event.at,
    host: { state: 'none' },
    hosts: 0,
    end: undefined,
    outbox: [],
    run: undefined,
    kept: undefined,
    trouble: undefined,
    seenAt: undefined,
  };
}

/** How a session moves between being made, living, paused and gone. */
export function reduceLife(session: Session, event: SessionEvent): Part {
  const { life } = session;
  const to = (next: Life): Part => ({ life: next, ...(next.name === life.name ? {} : { lifeAt: event.at }) });
  switch (event.type) {
    case 'worktreeAdded':
      if (!(life.name === 'creating' && life.step === 'worktree')) throw unfit(session, event);
      return { ...to({ name: 'creating', step: 'host' }), branch: event.branch };
    case 'creationUndone':
      if (!(life.name === 'discarding')) throw unfit(session, event);
      return to({ name: 'discarded' });
    case 'creationKept':
      if (!(life.name === 'discarding')) throw unfit(session, event);
      return { ...to({ name: 'killing', step: 'endHost' }), kept: freshKept(session, event.at) };
    case 'renamed':
      return { title: event.title, titleBy: 'user' };
    case 'rightsGranted':
      return { grants: event.grants };
    case 'killRequested':
      // Nobody has worked in it: there is nothing to keep.
      if (life.name === 'creating' && life.step === 'worktree') return to({ name: 'discarding', step: 'worktree' });
      if (!(life.name === 'live' || life.name === 'paused')) throw unfit(session, event);
      // A paused one is kept already: there is nothing left to do.
      if (life.name === 'paused')
        return { ...to({ name: 'killed' }), kept: { ...keptOf(session, event.at), from: 'paused' } };
      return { ...to({ name: 'killing', step: 'endHost' }), kept: freshKept(session, event.at), trouble: undefined };
    case 'pauseRequested':
      if (!(life.name === 'live')) throw unfit(session, event);
      return { ...to({ name: 'pausing', step: 'endHost' }), kept: freshKept(session, event.at), trouble: undefined };
    case 'hostsEnded':
      if (!isEnding(life)) throw unfit(session, event);
      return to({ ...life, step: 'snapshot' });
    case 'snapshotWritten':
      if (!isEnding(life)) throw unfit(session, event);
      return {
        ...to({ ...life, step: 'store' }),
        kept: { ...keptOf(session, event.at), ref: event.ref, commit: event.commit, tip: event.tip },
      };
    case 'worktreeStored':
      if (!isEnding(life)) throw unfit(session, event);
      return {
        ...to({ name: life.name === 'killing' ? 'killed' : 'paused' }),
        kept: { ...keptOf(session, event.at), folder: event.folder },
      };
    case 'resumeRequested':
      if (!(life.name === 'paused')) throw unfit(session, event);
      return { ...to({ name: 'resuming', step: 'restore', onto: event.onto }), trouble: undefined };
    case 'undoRequested':
      if (!(life.name === 'killed')) throw unfit(session, event);
      return {
        ...to(
          session.kept?.from === 'paused' ? { name: 'paused' } : { name: 'undoing', step: 'restore', onto: event.onto },
        ),
        trouble: undefined,
      };
    case 'worktreeRestored':
      if (life.name !== 'resuming' && life.name !== 'undoing') throw unfit(session, event);
      return { ...to(session.kept?.hadHost ? { ...life, step: 'host' } : { name: 'live' }), branch: event.branch };
    case 'hostStarted':
      return isStartingLife(life)
        ? { ...to({ name: 'live' }), kept: undefined, trouble: undefined }
        : { trouble: undefined };
    case 'effectFailed':
      return afterFailure(session, event, to);
    // What failed before is over with the next thing that succeeds.
    case 'runStarted':
    case 'runReady':
    case 'committed':
    case 'pushed':
    case 'merged':
    case 'turnBegun':
      return { trouble: undefined };
    default:
      return {};
  }
}

/**
 * A creation that failed is undone; a kill or a pause that failed leaves the session as it was, with its host ended; what
 * could not be restored stays where it is kept. Nothing is destroyed by a failure.
 */
function afterFailure(
  session: Session,
  event: SessionEvent & { readonly type: 'effectFailed' },
  to: (life: Life) => Part,
): Part {
  const trouble = { what: event.why, at: event.at, ...(event.kind ? { kind: event.kind } : {}) };
  const { life } = session;
  // What a run had under way when it was killed or paused: its failure stops neither.
  const needed: readonly string[] | undefined = NEEDED[life.name];
  if (needed && !needed.includes(event.effect.split(':')[0] ?? '')) return {};
  switch (life.name) {
    case 'creating':
      return { ...to({ name: 'discarding', step: 'worktree' }), trouble };
    case 'discarding':
      return { ...to({ name: 'discarded' }), trouble };
    case 'killing':
    case 'pausing':
      return { ...to({ name: 'live' }), kept: undefined, trouble };
    case 'resuming':
    case 'undoing':
      if (life.step === 'host') return { ...to({ name: 'live' }), kept: undefined, trouble };
      return { ...to({ name: life.name === 'resuming' ? 'paused' : 'killed' }), trouble };
    case 'live':
    case 'paused':
    case 'killed':
    case 'discarded':
      return { trouble };
    default:
      return life satisfies never;
  }
}

const ENDING: readonly EffectType[] = ['endHosts', 'writeSnapshot', 'storeWorktree'];
const RETURNING: readonly EffectType[] = ['restoreWorktree', 'startHost'];

/** Effects without which a session does not get from a life into the next one. */
const NEEDED: Readonly<Partial<Record<Life['name'], readonly EffectType[]>>> = {
  creating: ['addWorktree', 'startHost'],
  discarding: ['removeWorktree'],
  killing: ENDING,
  pausing: ENDING,
  resuming: RETURNING,
  undoing: RETURNING,
};

export function isStartingLife(life: Life): boolean {
  return (life.name === 'creating' || life.name === 'resuming' || life.name === 'undoing') && life.step === 'host';
}

function freshKept(session: Session, at: number): Kept {
  const hadHost = session.host.state === 'running' || session.host.state === 'starting';
  return { ref: undefined, commit: undefined, tip: undefined, folder: undefined, hadHost, from: 'live', at };
}

function keptOf(session: Session, at: number): Kept {
  return session.kept ?? freshKept(session, at);
}

export function isEnding(life: Life): life is Extract<Life, { name: 'killing' | 'pausing' }> {
  return life.name === 'killing' || life.name === 'pausing';
}

function unfit(session: Session, event: SessionEvent): Error {
  const step = 'step' in session.life ? `/${session.life.step}` : '';
  return illegalFor(session, event, `its life is ${session.life.name}${step}`);
}
