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
  /**
   * Conversations of all agents that began in this repository, but not in tutti, the newest first. `running`: what runs in panes of the
   * user's tmux and has none of them; older daemons don't tell it.
   */
  'conversation/list': {
    params: { readonly path: string; readonly env: Readonly<Record<string, string>> };
    result: { readonly conversations: readonly Conversation[]; readonly running?: readonly RunningElsewhere[] };
  };
  /** One of them; what an agent writes down is found by the client's environment. */
  'conversation/read': {
    params: {
      readonly agent: AgentChoice['kind'];
      readonly profile?: string;
      readonly id: string;
      readonly last?: number;
      readonly env: Readonly<Record<string, string>>;
    };
    result: SessionHistory;
  };
  'usage/list': { params: { readonly scope: Scope }; result: { readonly sessions: readonly SessionUsage[] } };
}

export interface Conversation {
  /** The agent's own id of it. */
  readonly id: string;
  readonly agent: AgentChoice['kind'];
  /** It lies in the folder of this profile. */
  readonly profile?: string;
  /** The folder that it began in. */
  readonly cwd: string;
  /** Its first one; empty: none stands in what was read of it. */
  readonly prompt: string;
  /** When something was written down of it last. */
  readonly at: number;
  /** Why it can't be adopted now, for people; null: it can. */
  readonly refused: string | null;
  /** Where it is open now, for people: two programs on one conversation lose words, so that the user is asked first. Older daemons refuse. */
  readonly openIn?: string;
}

/** An agent that the user has started in a pane of his tmux, and whose conversation is none that could be adopted. */
export interface RunningElsewhere {
  readonly agent: AgentChoice['kind'];
  readonly pid: number;
  readonly cwd: string;
  /** As tmux takes it for a target: `shop:0.1`. */
  readonly pane: string;
  /** Why it can't be adopted, for people. */
  readonly refused: string;
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
  /** The account, where it is not the agent's only one. */
  readonly profile?: string | undefined;
  /** Null: its agent writes down nothing that tutti can read, or nothing yet. */
  readonly used: Pick<History, 'count' | 'tokens' | 'dollars' | 'context' | 'limits'> | null;
}
