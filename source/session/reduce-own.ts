import type { SessionEvent } from './event.ts';
import type { Session } from './session.ts';

type Part = Partial<Pick<Session, 'answers' | 'report'>>;

/** Of so many questions the answer is kept: as many as an agent can ask at once and still be understood. */
const KEPT = 8;

/** What an agent says of itself by its own tutti, and what it was answered. */
export function reduceOwn({ answers = [] }: Session, event: SessionEvent): Part {
  switch (event.type) {
    case 'askAnswered':
      return { answers: [...answers, { ask: event.ask, choice: event.choice }].slice(-KEPT) };
    case 'reported':
      return { report: { state: event.state, text: event.text, at: event.at, host: event.host } };
    default:
      return {};
  }
}
