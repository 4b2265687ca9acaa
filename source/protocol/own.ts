import type { QuestionChoice } from '../session/agent-question.ts';
import type { ReportState } from '../session/report.ts';

/** What an agent asks for its own session, by a `tutti` of its own. */
export interface OwnRequests {
  /** By a client that an agent has started, for its session: answers when the user has chosen. Older daemons don't know it. */
  'session/ask': {
    params: {
      readonly operation: string;
      readonly question: string;
      readonly choices: readonly string[];
      /** When it was asked first, so that it is as old for the next daemon, and the same. Older clients don't say it. */
      readonly askedAt?: number;
    };
    result: { readonly choice: QuestionChoice };
  };
  /** By such a client: what its agent does. Older daemons don't know it. */
  'session/report': { params: { readonly state: ReportState; readonly message?: string }; result: null };
}
