import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';

/** An event that cannot happen in this state: a bug of whoever wrote it, never of the user. */
export class IllegalEvent extends Error {
  override name = 'IllegalEvent';
}

/** "Session … cannot take killRequested: its life is killed." */
export function illegalFor(session: Session, event: SessionEvent, state: string): IllegalEvent {
  return new IllegalEvent(`Session ${session.id} cannot take ${event.type}: ${state}.`);
}
