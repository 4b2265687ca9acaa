import type { SessionEvent } from './event.ts';
import { IllegalEvent } from './illegal-event.ts';
import { reduceAttention } from './reduce-attention.ts';
import { reduceCommit } from './reduce-commit.ts';
import { reduceHost } from './reduce-host.ts';
import { createSession, reduceLife } from './reduce-life.ts';
import { reduceOutbox } from './reduce-outbox.ts';
import { reduceOwn } from './reduce-own.ts';
import { reducePush } from './reduce-push.ts';
import { reduceRun } from './reduce-run.ts';
import type { Session } from './session.ts';

/**
 * The state after an event. Each part of a session is reduced by a file of its own and looks at the state before, so the
 * order of the parts does not matter; an event that a part has no word on leaves that part as it was.
 */
export function reduceSession(session: Session | undefined, event: SessionEvent): Session {
  if (event.type === 'sessionCreated') {
    if (session) throw new IllegalEvent(`Session ${event.session} is there already.`);
    return createSession(event);
  }
  if (!session) throw new IllegalEvent(`There is no session ${event.session} to which ${event.type} could happen.`);
  if (session.id !== event.session)
    throw new IllegalEvent(`${event.type} belongs to ${event.session}, not to ${session.id}.`);
  return {
    ...session,
    ...reduceLife(session, event),
    ...reduceHost(session, event),
    ...reduceOutbox(session, event),
    ...reduceRun(session, event),
    ...reduceCommit(session, event),
    ...reducePush(session, event),
    ...reduceOwn(session, event),
    ...reduceAttention(session, event),
    version: session.version + 1,
  };
}
