import { createHmac } from 'node:crypto';
import { TuttiError } from '../protocol/rpc.ts';
import type { SessionMark } from '../protocol/session-mark.ts';
import type { Session } from '../session/session.ts';
import { homeName, type Paths } from '../system/paths.ts';
import { isSameSecret } from '../system/same-secret.ts';
import { isListed } from './view.ts';

/**
 * The mark of one start of a session's agent. It is a sum of the daemon's secret and the names of session and host, so it lies in no
 * file, every later daemon knows it, and with the next start it is another one.
 */
export function markFor(
  { paths, secret }: { readonly paths: Pick<Paths, 'link'>; readonly secret: string },
  { session, host }: { readonly session: string; readonly host: string },
): SessionMark {
  const proof = createHmac('sha256', secret).update(`${session}/${host}`).digest('hex');
  return { id: session, pass: `${homeName(paths)}.${proof}` };
}

/** A start of a session's agent. */
export interface MarkedStart {
  readonly session: string;
  /** Of its host. */
  readonly host: string;
}

/** Is it the newest one, of a session that is there? What a kill did not end, as it had left its terminal, has no rights any more. */
export function isNewestStart(session: Session, host: string | undefined): boolean {
  return isListed(session) && session.host.state !== 'none' && session.host.name === host;
}

/** The start that a mark is of. @throws TuttiError `conflict` where it is not the newest one of its session, or of no session. */
export function startOfMark(
  keys: { readonly paths: Pick<Paths, 'link'>; readonly secret: string },
  mark: unknown,
  find: (id: string) => Session | undefined,
): MarkedStart {
  const { id, pass } = (typeof mark === 'object' && mark !== null ? mark : {}) as Partial<SessionMark>;
  const session = typeof id === 'string' ? find(id) : undefined;
  if (session && session.host.state !== 'none') {
    const start = { session: session.id, host: session.host.name };
    if (isNewestStart(session, start.host) && isSameSecret(pass, markFor(keys, start).pass)) return start;
  }
  throw pass === '' ? withoutPass() : notOfNewest(session?.title ?? id);
}

/** What is said to a tutti whose mark is good for nothing, or not any more. */
export function notOfNewest(title: string | undefined): TuttiError {
  return new TuttiError(
    'conflict',
    `This tutti was started by a session of tutti (TUTTI_SESSION, TUTTI_PASS), but not by the agent that "${title}" has now: it may do nothing. Use one that the agent starts, or a terminal of your own.`,
  );
}

function withoutPass(): TuttiError {
  return new TuttiError(
    'conflict',
    "This tutti was started by a session of tutti (TUTTI_SESSION), but TUTTI_PASS is not in its environment: it may do nothing. Let the agent's settings pass it on to what it runs (in codex shell_environment_policy), or use a terminal of your own.",
  );
}
