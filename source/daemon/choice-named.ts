import { TuttiError } from '../protocol/rpc.ts';
import { type AgentQuestion, choiceOf, type NamedChoice, type QuestionChoice } from '../session/agent-question.ts';
import type { Session } from '../session/session.ts';

/** The choice that an answer names. @throws where the question has none like it, or several. */
export function choiceNamed(
  { title }: Pick<Session, 'title'>,
  question: Pick<AgentQuestion, 'choices'>,
  { choice: said, byKey }: NamedChoice,
): QuestionChoice {
  const choice = byKey ? question.choices.find(({ key }) => key === said) : choiceOf(question, said);
  if (choice) return choice;
  const choices = question.choices.map(({ key, label }) => `${key} ${label}`).join(', ');
  throw new TuttiError('usage', `"${title}" has no choice "${said}". It has: ${choices}.`);
}
