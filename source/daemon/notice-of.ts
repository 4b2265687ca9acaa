import type { Notice } from '../protocol/daemon.ts';
import type { SessionFact } from '../session/event.ts';
import type { Session } from '../session/session.ts';

/** What people are told of at once, beside the session's own row: failures whose session may be gone from the list, and what was done unasked. */
export function noticeOf(session: Session, fact: SessionFact): Pick<Notice, 'tone' | 'text' | 'session'> | undefined {
  switch (fact.type) {
    case 'effectFailed':
      return { tone: 'failure', session: session.id, text: `"${session.title}": ${fact.why}` };
    case 'allowedByRule':
      return { tone: 'info', session: session.id, text: `"${session.title}": allowed by a rule: ${fact.command}` };
    case 'hostLost': {
      const why = fact.cause === 'reboot' ? 'the machine was restarted' : 'its host ended without a word';
      return {
        tone: 'failure',
        session: session.id,
        text: `"${session.title}" has lost its agent: ${why}. R starts it again.`,
      };
    }
    default:
      return undefined;
  }
}
