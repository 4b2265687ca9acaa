import type { SessionView } from '../protocol/daemon.ts';

/**
 * A view for a program of a session. A shell is the person's own terminal: what he types and reads there is told to none, also not to the
 * agent in whose worktree it was opened.
 */
export function withoutShells(view: SessionView): SessionView {
  return { ...view, panes: view.panes.filter(({ role }) => role !== 'shell') };
}

/** The same for whatever is answered: a view, what has one in it, or a list of them. */
export function answerWithoutShells(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if ('panes' in answer) return withoutShells(answer as SessionView);
  if ('view' in answer) return { ...answer, view: answerWithoutShells(answer.view) };
  if ('sessions' in answer && Array.isArray(answer.sessions))
    return { ...answer, sessions: answer.sessions.map(answerWithoutShells) };
  return answer;
}
