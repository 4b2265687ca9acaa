import { type AgentQuestion, type QuestionChoice, wholeLabel } from './agent-question.ts';
import { RISKS } from './risk-rules.ts';

/** So far around the end of a row a command is looked for that was wrapped there within a word. */
const NEAR = 1000;

/** Labels that refuse. All others let the agent go on with what it asks for. */
const REFUSES = /^(?:no\b|deny|reject|don['’]t|cancel|back\b)/iu;

/**
 * What a choice may do that is easily regretted, in words; undefined: nothing that is known. A guard against slips, not against malice.
 * The pane wraps a long command between words, or within one that is longer than a row: both are looked at.
 */
export function riskOf(
  { text, body }: Pick<AgentQuestion, 'text' | 'body'>,
  choice: Pick<QuestionChoice, 'label' | 'more'>,
): string | undefined {
  // Whatever kind of question it is said to be: the word on the kind and the rows may be of two agents that ask at once.
  if (REFUSES.test(choice.label)) return undefined;
  const rows = [text, ...body, wholeLabel(choice)];
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
