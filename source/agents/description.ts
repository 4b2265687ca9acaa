import type { ScreenRule } from '../terminal/screen-rule.ts';

/**
 * What a user says of a program in the settings, as data. Of a program that tutti knows only `states` count, beside what its adapter
 * reads; for one that it does not know this is all that there is, beside the program's own word.
 */
export interface AgentDescription {
  readonly states?: readonly StateRule[] | undefined;
  /** Arguments that begin a conversation with an id of tutti's: `{conversation}` stands for it. */
  readonly conversationArgs?: readonly string[] | undefined;
  /** Arguments that bring the conversation back, with or without `{conversation}`. */
  readonly resumeArgs?: readonly string[] | undefined;
  /** Arguments that hand the first prompt over, and the program stays: `{prompt}` stands for it. */
  readonly promptArgs?: readonly string[] | undefined;
  /** Its input box, and that it is empty: before they hold, no prompt is typed. */
  readonly ready?: ScreenPattern | undefined;
  readonly empty?: ScreenPattern | undefined;
  /** May a prompt be typed while it works. */
  readonly whileBusy?: 'queues' | 'steers' | 'never' | undefined;
  /** Pattern of the row in which its dialogs with numbered choices begin: then they can be answered from the inbox. */
  readonly dialogBegin?: string | undefined;
}

/** What a program does while something stands on its screen, in its title, or after it has rung the bell. The first that holds counts. */
export interface StateRule extends ScreenPattern {
  readonly state: (typeof DESCRIBED_STATES)[number];
  /** For `waiting`: what kind of answer it needs. */
  readonly kind?: 'permission' | 'question' | 'auth' | 'plan' | undefined;
  /** For people. */
  readonly text?: string | undefined;
  /** Pattern of the title that it gives its terminal. */
  readonly title?: string | undefined;
  /** It has rung since something was sent to it. */
  readonly bell?: true | undefined;
}

export const DESCRIBED_STATES = ['waiting', 'working', 'background', 'idle'] as const;

/** One of the two patterns is given (the settings are checked for that); without the words of `ScreenRule` that only an adapter needs. */
export interface ScreenPattern {
  readonly match?: string | undefined;
  readonly matchText?: string | undefined;
  readonly region?: 'screen' | 'cursorRow' | { readonly bottom: number } | { readonly top: number } | undefined;
  readonly dim?: boolean | undefined;
}

/** Undefined where neither pattern is given. */
export function ruleOf({ match, matchText, region, dim }: ScreenPattern, name: string): ScreenRule | undefined {
  const where = { name, ...(region === undefined ? {} : { region }) };
  if (matchText !== undefined) return { ...where, matchText };
  return match === undefined ? undefined : { ...where, match, ...(dim === undefined ? {} : { dim }) };
}
