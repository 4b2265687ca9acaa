import type { DeliveryResult } from '../protocol/host.ts';
import type { AgentQuestion, QuestionChoice } from '../session/agent-question.ts';

/** What an agent asks now, and the way by which a choice of it reaches the agent. */
export interface StandingQuestion {
  readonly question: AgentQuestion;
  /** Undefined: it can be answered in its pane only. */
  readonly send: ((sent: SentChoice) => Promise<DeliveryResult['outcome']>) | undefined;
}

export interface SentChoice {
  readonly operation: string;
  readonly choice: QuestionChoice;
  readonly reason: string | undefined;
}

/** So long a program may take to take an answer, milliseconds. */
export const TAKEN_MS = 4000;
