import { TuttiError } from '../protocol/rpc.ts';
import { type AgentQuestion, choiceOf, type NamedChoice, type QuestionChoice } from '../session/agent-question.ts';
import type { Session } from '../session/session.ts';
import { unseenRisk } from '../session/unseen-risk.ts';

/** A choice, and what it is made for. */
export interface BoundChoice extends NamedChoice {
  /** The id of the question that was shown; undefined: the one that stands there, but for what is easily regretted. */
  readonly question: string | undefined;
}

/**
 * The choice that an answer names. @throws where the question has none like it, or several; and where what it does is easily regretted, and
 * the answer does not say for which question it is.
 */
export function choiceNamed(
  { title }: Pick<Session, 'title'>,
  question: AgentQuestion,
  { choice: said, byKey, question: shown }: BoundChoice,
): QuestionChoice {
  const choice = byKey ? question.choices.find(({ key }) => key === said) : choiceOf(question, said);
  if (choice) {
    const risk = shown === undefined ? unseenRisk(question, choice) : undefined;
    if (risk === undefined) return choice;
    throw new TuttiError('conflict', `Could not answer "${title}": ${risk}.`);
  }
  const choices = question.choices.map(({ key, label }) => `${key} ${label}`).join(', ');
  throw new TuttiError('usage', `"${title}" has no choice "${said}". It has: ${choices}.`);
}
