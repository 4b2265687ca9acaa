import type { SessionEvent } from './event.ts';
import { isToBeReviewed } from './reduce-run.ts';
import type { Session } from './session.ts';

type Part = Partial<Pick<Session, 'pushing'>>;

/** A push of a branch as it stands. That of what a run has made ready is a step of the run (`reduce-run.ts`). */
export function reducePush({ run, pushing }: Session, event: SessionEvent): Part {
  switch (event.type) {
    case 'pushRequested':
      return run && isToBeReviewed(run) ? {} : { pushing: { commit: event.commit, at: event.at } };
    case 'pushed':
    // What a kill or a pause has ended is not begun again by itself.
    case 'killRequested':
    case 'pauseRequested':
      return pushing ? { pushing: undefined } : {};
    case 'effectFailed':
      return pushing && event.effect.startsWith('push:') ? { pushing: undefined } : {};
    default:
      return {};
  }
}
