import type { Activity } from './activity.ts';
import { deriveStatus, isSeen } from './derive-status.ts';
import type { Session } from './session.ts';
import type { Status } from './status.ts';

/** Ends: what is news until somebody has looked at it. */
const ENDS: readonly Status[] = ['ready', 'failed', 'stalled', 'exited', 'merged'];

/** It has come to an end, and nobody has looked at it since. */
export function isUnread(view: {
  readonly session: Pick<Session, 'seenAt'>;
  readonly status: Status;
  readonly since: number;
}): boolean {
  return ENDS.includes(view.status) && !isSeen(view.session, view.since);
}

/** The last look at it was at an end that still stands: it can be marked as unread. */
export function wasRead({ session, activity }: { readonly session: Session; readonly activity: Activity }): boolean {
  const before = beforeLastLook(session);
  const unseen = { ...session, ...before };
  const { status, since } = deriveStatus(unseen, activity);
  return session.seenAt !== undefined && isUnread({ session: unseen, status, since }) && isSeen(session, since);
}

/** As if the last look had not been: those before it were at something else. */
export function beforeLastLook({ seenBefore }: Pick<Session, 'seenBefore'>): Pick<Session, 'seenAt' | 'seenBefore'> {
  return { seenAt: seenBefore, seenBefore: undefined };
}
