import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';

type Part = Partial<Pick<Session, 'committing'>>;

/** A person's commit of all that is there. That of a run is a step of the run (`reduce-run.ts`). */
export function reduceCommit({ committing }: Session, event: SessionEvent): Part {
  switch (event.type) {
    case 'commitAllRequested':
      return { committing: { message: event.message, tip: event.tip, at: event.at } };
    case 'committed':
    // What a kill or a pause has ended is not begun again by itself.
    case 'killRequested':
    case 'pauseRequested':
      return committing ? { committing: undefined } : {};
    case 'effectFailed':
      return committing && event.effect.startsWith('commitAll:') ? { committing: undefined } : {};
    default:
      return {};
  }
}
