import { type QuestionChoice, wholeLabel } from '../session/agent-question.ts';

/** A choice that holds for longer than this once: for how long, and where the program writes it down. */
export interface StandingChoice {
  /** Pattern of the whole label. */
  readonly label: string;
  /** `for this session only`, or where it is written and for what it holds then. */
  readonly holds: string;
}

/** What nobody has to remember after this session. */
export const THIS_SESSION = 'for this session only';

/** Says of itself that it will not be asked again. */
const FOR_LONGER = /\b(?:always|don['’]t ask(?: me)? again|remember|all future)\b/iu;

/** How long a choice holds and where that is written, in words; undefined: for this once. The first of the table that fits. */
export function holdsOf(
  choice: Pick<QuestionChoice, 'label' | 'more'>,
  standing: readonly StandingChoice[],
): string | undefined {
  const label = wholeLabel(choice);
  const known = standing.find(each => new RegExp(each.label, 'iu').test(label));
  if (known) return known.holds;
  return FOR_LONGER.test(label) ? 'for longer than this once, tutti does not know where it is written' : undefined;
}
