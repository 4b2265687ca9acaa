import { plain } from '../text/plain.ts';
import type { AgentQuestion, QuestionChoice } from './agent-question.ts';
import { riskOf } from './risk.ts';

/**
 * Why a choice is not made of whatever question stands there now, as half a sentence; undefined: it may be. What is easily regretted needs
 * somebody who has seen what it is for, and who names that by its id: a script, or a person a moment late, has no second press.
 */
export function unseenRisk(question: AgentQuestion, choice: QuestionChoice): string | undefined {
  const risk = riskOf(question, choice);
  if (risk === undefined) return undefined;
  return `"${plain(choice.label)}" ${risk}: look at the question, and answer with --question <id>`;
}
