import type { AgentQuestion } from '../../session/agent-question.ts';
import { riskOf } from '../../session/risk.ts';
import type { World } from './performer.ts';

/** After an answer: where it has allowed a command this once, a rule can be made of it. Returns the words that say so. */
export function offerRule(
  { store }: Pick<World, 'store'>,
  session: string,
  question: AgentQuestion,
  key: string,
): string {
  const { allows, choices } = question;
  const choice = choices.find(each => each.key === key);
  const isOffered = allows !== undefined && choice !== undefined && allows.choice === key && !riskOf(question, choice);
  const allowed = isOffered ? { session, command: allows.command } : undefined;
  store.dispatch({ type: 'commandAllowed', allowed });
  return allowed ? '. Y makes a rule of it' : '';
}
