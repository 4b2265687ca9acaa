import type { ActParams, SessionName, SessionView } from './daemon.ts';

/** What the user has looked at, and what he puts away until later. */
export interface AttentionRequests {
  /** The user has looked at it: a finished or failed one is no longer news. */
  'session/see': { params: { readonly session: SessionName }; result: null };
  /** The last look is taken back: it is news again. Older daemons don't know it. */
  'session/unsee': { params: ActParams; result: SessionView };
  /**
   * Puts away what it has for the user: not counted and not told until then, or until something else has come in its place. Bound to what
   * was shown (`itemOf`): another item is refused. `until`: milliseconds since 1970; null: until it changes. Older daemons don't know it.
   */
  'session/snooze': {
    params: ActParams & { readonly item: string; readonly until: number | null };
    result: SessionView;
  };
  /** Brings back what was put away. Older daemons don't know it. */
  'session/wake': { params: ActParams; result: SessionView };
}
