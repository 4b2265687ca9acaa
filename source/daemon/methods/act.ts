import type { SessionView } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { type Act, refusalOf } from '../../session/admit.ts';
import type { SessionFact } from '../../session/event.ts';
import { resolveName } from '../../session/id.ts';
import type { Session } from '../../session/session.ts';
import { cannotOf } from '../cannot-of.ts';
import type { Daemon } from '../daemon.ts';
import { personHolds } from '../observe.ts';
import { isListed } from '../view.ts';
import { isAtRest } from '../waiters.ts';

/** The session that a client means, among those in the list; `gone` also finds killed ones. Of several that in `gitDir`. */
export function sessionNamed(
  daemon: Daemon,
  name: string,
  { gone = false, gitDir }: { readonly gone?: boolean; readonly gitDir?: string | undefined } = {},
): Session {
  const sessions = daemon.brain.ledger.sessions().filter(session => gone || isListed(session));
  const resolved = resolveName(name, sessions, ({ repository }) => repository.gitDir === gitDir);
  if ('found' in resolved) return resolved.found;
  throw new TuttiError(resolved.problem === 'none' ? 'notFound' : 'usage', resolved.message);
}

/** Throws the reason where the table of acts refuses this one now. */
export function admit(daemon: Daemon, act: Act, session: Session): void {
  const { status } = daemon.loop.sight(session);
  const refused = refusalOf(act, session, {
    cannot: cannotOf(session),
    personHolds: personHolds(status),
  });
  if (refused) throw new TuttiError('conflict', `Could not ${VERBS[act]} "${session.title}": ${refused}.`);
}

const VERBS: Readonly<Record<Act, string>> = {
  prompt: 'prompt',
  interrupt: 'interrupt',
  kill: 'kill',
  pause: 'pause',
  resume: 'resume',
  restart: 'restart',
  rename: 'rename',
  undo: 'bring back',
  letGo: 'let go',
  giveBack: 'give back',
  sendBack: 'send back',
  takeOver: 'take over',
  commit: 'commit',
  push: 'push',
  merge: 'merge',
  shell: 'open a shell for',
  diff: 'compare',
  focus: 'focus',
};

/**
 * An act of the user on a session: admitted, written down under its operation id, answered when what it began is done. Asked
 * again (a client that lost its daemon), it is not done again: the answer is what has come of it.
 */
export async function doAct(
  daemon: Daemon,
  wanted: {
    readonly operation: string;
    /** Undefined: nothing can stand in its way. */
    readonly act: Act | undefined;
    readonly session: string;
    readonly gone?: boolean;
    /** What the act says has happened; asked only when it is admitted. */
    readonly facts: (session: Session) => readonly SessionFact[] | Promise<readonly SessionFact[]>;
  },
): Promise<SessionView> {
  const { operation, act } = wanted;
  const done = daemon.brain.ledger.findOperation(operation);
  if (done) return whenDone(daemon, done.session, done.at);
  const session = sessionNamed(daemon, wanted.session, { gone: wanted.gone ?? false });
  if (act) admit(daemon, act, session);
  const facts = await wanted.facts(session);
  // The same request may have come a second time meanwhile, and be done.
  const other = daemon.brain.ledger.findOperation(operation);
  if (other) return whenDone(daemon, other.session, other.at);
  // Between question and answer somebody else may have acted.
  const now = daemon.brain.ledger.session(session.id) ?? session;
  if (act && facts.length > 0 && now.version !== session.version) admit(daemon, act, now);
  const begun = daemon.brain.system.now();
  daemon.loop.happen(session.id, facts, operation);
  return whenDone(daemon, session.id, begun);
}

/** The view once nothing of the session's chain is under way. What failed since `begun` fails the request. */
async function whenDone(daemon: Daemon, id: string, begun: number): Promise<SessionView> {
  const session = await daemon.waiters.until(id, () => {
    const now = daemon.brain.ledger.session(id);
    return now && isAtRest(now) ? now : undefined;
  });
  const { trouble } = session;
  if (trouble && trouble.at >= begun) throw new TuttiError(trouble.kind ?? 'failed', trouble.what);
  return daemon.view(session);
}
