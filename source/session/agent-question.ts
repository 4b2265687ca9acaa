import type { Activity } from './activity.ts';

/** What an agent asks the user, as it stands on its screen. Everything in it is the agent's: untrusted. */
export interface AgentQuestion {
  /** Names what was shown: words and choices. Another question, or the same with other choices, has another one. */
  readonly id: string;
  readonly kind: Activity['kind'];
  /** The question in one line. */
  readonly text: string;
  /** The rows around it that say what it is about. */
  readonly body: readonly string[];
  /** Empty: it can be answered in its pane only. */
  readonly choices: readonly QuestionChoice[];
  /** Where it has no choices: why it can be answered in its pane only, for people. */
  readonly inPane?: string;
  /** The key of the choice that refuses and takes a reason, with it or as the next prompt; undefined: none does. */
  readonly denial?: string;
  /** With a reason it goes on and minds that; else its turn ends with the denial, and the reason is its next prompt. */
  readonly goesOn?: boolean;
  /** The shell command that it asks to run, where that is known to the last letter, and the key of the choice that allows it this once. */
  readonly allows?: { readonly command: string; readonly choice: string };
}

export interface QuestionChoice {
  /** `1`: the key by which it is taken, in its pane and in the inbox. */
  readonly key: string;
  readonly label: string;
  /** What stands below it: a description, or the end of a label that the pane has wrapped. */
  readonly more?: string;
  /** For how long it holds and where the agent writes that down, in words; undefined: for this once. */
  readonly holds?: string;
  /** It opens a field: words have to be typed into the pane then. */
  readonly opens: boolean;
}

/** How an answer names a choice. */
export interface NamedChoice {
  /** Its key or its label. */
  readonly choice: string;
  /** It is a key: labels may be numbers too. */
  readonly byKey?: true | undefined;
}

/** A choice by its key, its label, or the only label that begins so; undefined: none, or several. */
export function choiceOf({ choices }: Pick<AgentQuestion, 'choices'>, said: string): QuestionChoice | undefined {
  const word = said.trim().toLowerCase();
  if (word === '') return undefined;
  const exact = choices.filter(choice =>
    [choice.key, choice.label, wholeLabel(choice)].some(each => each.toLowerCase() === word),
  );
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined;
  const beginning = choices.filter(choice => wholeLabel(choice).toLowerCase().startsWith(word));
  return beginning.length === 1 ? beginning[0] : undefined;
}

/** All that a choice says of itself. */
export function wholeLabel({ label, more }: Pick<QuestionChoice, 'label' | 'more'>): string {
  return more === undefined ? label : `${label} ${more}`;
}
