import { TuttiError } from '../protocol/rpc.ts';
import { type AgentQuestion, choiceOf, type QuestionChoice } from '../session/agent-question.ts';
import type { Session } from '../session/session.ts';

/** The choice that an answer names, by its key or its label. @throws where the question has none like it, or several. */
export function choiceNamed(
  { title }: Pick<Session, 'title'>,
  question: Pick<AgentQuestion, 'choices'>,
  said: string,
): QuestionChoice {
  const choice = choiceOf(question, said);
  if (choice) return choice;
  const choices = question.choices.map(({ key, label }) => `${key} ${label}`).join(', ');
  throw new TuttiError('usage', `"${title}" has no choice "${said}". It has: ${choices}.`);
}
