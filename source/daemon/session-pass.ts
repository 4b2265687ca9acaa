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

/** The session that a mark is of. @throws TuttiError `conflict` where it is not of its agent's newest start, or of no session. */
export function sessionOfMark(
  keys: { readonly paths: Pick<Paths, 'link'>; readonly secret: string },
  mark: unknown,
  find: (id: string) => Session | undefined,
): string {
  const { id, pass } = (typeof mark === 'object' && mark !== null ? mark : {}) as Partial<SessionMark>;
  const session = typeof id === 'string' ? find(id) : undefined;
  const host = session?.host;
  // What a kill did not end, as it had left its terminal, has no rights any more.
  if (session && isListed(session) && host && host.state !== 'none') {
    const { pass: right } = markFor(keys, { session: session.id, host: host.name });
    if (isSameSecret(pass, right)) return session.id;
  }
  throw new TuttiError(
    'conflict',
    `This tutti was started by a session of tutti (TUTTI_SESSION, TUTTI_PASS), but not by the agent that "${session?.title ?? id}" has now: it may do nothing. Use one that the agent starts, or a terminal of your own.`,
  );
}
