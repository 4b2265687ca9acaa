import type { History, Turn } from '../session/history.ts';
import type { AgentChoice } from '../session/session.ts';
import type { Scope, SessionName } from './daemon.ts';

/** What is asked of agents' own records. Each is read when it is asked for. Older daemons don't know these. */
export interface RecordRequests {
  /** The newest turns, as many as go into one message; `last` of them at most. */
  'session/history': {
    params: { readonly session: SessionName; readonly last?: number };
    result: SessionHistory;
  };
  /** Prompts and answers that have all the words, the newest first; killed and ended sessions too. */
  'history/search': {
    params: { readonly scope: Scope; readonly words: readonly string[] };
    result: { readonly hits: readonly SearchHit[] };
  };
  'usage/list': { params: { readonly scope: Scope }; result: { readonly sessions: readonly SessionUsage[] } };
}

export interface SessionHistory {
  readonly id: string;
  readonly title: string;
  readonly agent: AgentChoice['kind'];
  readonly history: History | null;
  /** The record's file; null: there is none. */
  readonly file: string | null;
  /** Why there is no history, for people; null: there is one. */
  readonly why: string | null;
}

export interface SearchHit {
  readonly session: string;
  readonly title: string;
  readonly agent: AgentChoice['kind'];
  readonly turn: Turn;
}

export interface SessionUsage {
  readonly id: string;
  readonly title: string;
  readonly agent: AgentChoice['kind'];
  /** Null: its agent writes down nothing that tutti can read, or nothing yet. */
  readonly used: Pick<History, 'count' | 'tokens' | 'dollars' | 'context' | 'limits'> | null;
}
