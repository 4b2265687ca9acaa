import type { SessionFact } from '../../session/event.ts';

/** What came of an effect. What it throws is written down as `effectFailed`. */
export type Outcome =
  | {
      readonly facts: readonly SessionFact[];
      /** Sentences for people about what is not as they may expect. */
      readonly notes?: readonly string[];
      /** Done once the facts are in the ledger: what may be forgotten only then. */
      readonly after?: () => Promise<void>;
    }
  /** Nothing happened and nothing failed: tried again when something has changed (`Loop.awake`). */
  | { readonly later: string };

/** Why what runs programs of a session has to wait: tried again once a client has offered its own. */
export const NO_ENVIRONMENT = 'no client has given its environment yet';
