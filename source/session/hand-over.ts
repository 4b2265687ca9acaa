import type { SessionEvent } from './event.ts';

/** How a commit, a push or a merge ended. A kill or a pause ends the first two before they are done. */
export type HandOver = Extract<
  SessionEvent,
  { readonly type: 'committed' | 'pushed' | 'merged' | 'effectFailed' | 'killRequested' | 'pauseRequested' }
>;

/** What came of the commit, push or merge that was asked for under this operation. Undefined: nothing yet, or it is too long ago. */
export function handOverOf(history: readonly SessionEvent[], operation: string): HandOver | undefined {
  const asked = history.findIndex(event => event.operation === operation);
  return asked === -1 ? undefined : history.slice(asked + 1).find(isHandOver);
}

function isHandOver(event: SessionEvent): event is HandOver {
  switch (event.type) {
    case 'committed':
    case 'pushed':
    case 'merged':
    case 'killRequested':
    case 'pauseRequested':
      return true;
    case 'effectFailed':
      return /^(commitAll|push|merge):/.test(event.effect);
    default:
      return false;
  }
}
