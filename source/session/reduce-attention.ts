import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';
import { beforeLastLook } from './unread.ts';

type Part = Partial<Pick<Session, 'seenAt' | 'seenBefore' | 'snoozed'>>;

/** What the user has looked at, and what he has put away. */
export function reduceAttention(session: Session, event: SessionEvent): Part {
  switch (event.type) {
    case 'seen':
      return { seenAt: event.at, seenBefore: session.seenAt };
    case 'unseen':
      return beforeLastLook(session);
    case 'snoozed':
      return { snoozed: { item: event.item, until: event.until, at: event.at } };
    case 'woken':
      return { snoozed: undefined };
    default:
      return {};
  }
}
