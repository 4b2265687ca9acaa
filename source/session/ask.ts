import { isVisible } from '../text/invisible.ts';
import { plain, plainLines } from '../text/plain.ts';
import type { Activity } from './activity.ts';
import type { AgentQuestion, QuestionChoice } from './agent-question.ts';

/** A question that an agent has asked by `tutti ask`, and waits with. What it says is the agent's: untrusted, but plain text. */
export interface Ask {
  /** Made of the operation and the words, so that one who asks again after a crash of the daemon asks the same. */
  readonly id: string;
  readonly lines: readonly string[];
  readonly labels: readonly string[];
  readonly at: number;
}

/** What was chosen, kept until others have come: who asks again gets it. */
export interface AskAnswer {
  readonly ask: string;
  readonly choice: QuestionChoice;
}

/** A digit each. */
export const MOST_CHOICES = 9;
const LONGEST_LABEL = 200;
const MOST_LINES = 40;
const YES_NO = ['Yes', 'No'];

/** What is asked as it is shown, or why it can't be. */
export function checkAsk(
  question: string,
  choices: readonly string[],
): Pick<Ask, 'lines' | 'labels'> | { readonly problem: string } {
  const lines = plainLines(question.trim()).map(line => line.trimEnd());
  const labels = (choices.length === 0 ? YES_NO : choices).map(label => plain(label).trim());
  if (!isVisible(lines[0] ?? '')) return { problem: 'A question needs at least one visible character.' };
  if (lines.length > MOST_LINES) return { problem: `A question may have ${MOST_LINES} lines, not ${lines.length}.` };
  if (labels.length > MOST_CHOICES)
    return { problem: `A question may have ${MOST_CHOICES} choices, not ${labels.length}.` };
  if (!labels.every(isVisible)) return { problem: 'A choice needs at least one visible character.' };
  const long = labels.find(label => label.length > LONGEST_LABEL);
  if (long) return { problem: `A choice may have ${LONGEST_LABEL} characters, not ${long.length}.` };
  const twice = labels.find((label, at) => labels.some((other, place) => place < at && isSame(label, other)));
  if (twice !== undefined)
    return { problem: `Two choices are called "${twice}": nobody could tell which one was meant.` };
  return { lines, labels };
}

/** Joiners and variants of a letter are no difference that one could rely on. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map(label => label.replace(/\u200c|\u200d|\ufe0e|\ufe0f/g, '').toLowerCase());
  return one === other;
}

/** As the inbox shows it. */
export function questionOfAsk({ id, lines, labels }: Ask): AgentQuestion {
  const choices = labels.map((label, at) => ({ key: `${at + 1}`, label, opens: false }));
  return { id, kind: 'question', text: lines[0] ?? '', body: lines.slice(1), choices };
}

/** While it waits for the answer the agent can do nothing else. What its own program asks at the same time comes first. */
export function activityOfAsk(ask: Ask, own: Activity): Activity {
  if (own.state === 'waiting') return own;
  const text = `${ask.lines[0]} ${ask.labels.join(' · ')}`;
  const evidence = { source: 'ask', claim: `asks "${ask.lines[0]}"`, at: ask.at, agrees: true } as const;
  return {
    state: 'waiting',
    kind: 'question',
    outcome: undefined,
    text,
    since: ask.at,
    evidence: [evidence, ...own.evidence],
  };
}
