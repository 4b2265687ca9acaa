import { type AgentQuestion, type QuestionChoice, wholeLabel } from './agent-question.ts';
import { RISKS } from './risk-rules.ts';

/** So far around the end of a row a command is looked for that was wrapped there within a word. */
const NEAR = 1000;

/** Labels that refuse what a permission or a plan is for. Elsewhere they begin an answer like any other: `Back up, then drop …`. */
const REFUSES = /^(?:no\b|deny|reject|don['’]t|cancel|back\b)/iu;

/**
 * What a choice may do that is easily regretted, in words; undefined: nothing that is known. A guard against slips, not against malice.
 * What a choice says itself counts for every choice, what it is asked about only for those that let the agent go on.
 * The pane wraps a long command between words, or within one that is longer than a row: both are looked at.
 */
export function riskOf(
  question: Pick<AgentQuestion, 'text' | 'body'> & Partial<Pick<AgentQuestion, 'kind' | 'denial'>>,
  choice: Pick<QuestionChoice, 'label' | 'more'> & Partial<Pick<QuestionChoice, 'key'>>,
): string | undefined {
  const own = choice.more === undefined ? [choice.label] : [choice.label, choice.more];
  const said = riskIn(own);
  if (said !== undefined || refuses(question, choice)) return said;
  return riskIn([question.text, ...question.body, wholeLabel(choice)]);
}

/** Whether nothing of what is asked about is done by it. */
function refuses(
  { kind, denial }: Partial<Pick<AgentQuestion, 'kind' | 'denial'>>,
  { key, label }: Pick<QuestionChoice, 'label'> & Partial<Pick<QuestionChoice, 'key'>>,
): boolean {
  if (key !== undefined && key === denial) return true;
  return (kind === 'permission' || kind === 'plan') && REFUSES.test(label);
}

/** In the rows as a whole, joined with a space between them, and around the end of each row without one. */
function riskIn(rows: readonly string[]): string | undefined {
  const whole = rows.join(' ');
  const texts = [whole];
  let end = 0;
  for (const row of rows.slice(0, -1)) {
    end += row.length;
    texts.push(whole.slice(Math.max(0, end - NEAR), end) + whole.slice(end + 1, end + 1 + NEAR));
    end += 1;
  }
  return RISKS.find(({ pattern }) => texts.some(each => pattern.test(each)))?.what;
}
