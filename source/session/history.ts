/** What an agent's own record tells of a conversation, the same for all agents. Read when it is asked for, never kept. */
export interface History {
  /** The oldest first; of a long conversation the newest. */
  readonly turns: readonly Turn[];
  /** Of all turns, also those that are not among `turns`. */
  readonly count: number;
  /** Of all turns. */
  readonly tokens: Tokens;
  /** US dollars, where the agent itself states what it cost. */
  readonly dollars: number | undefined;
  /** Since when `dollars` are counted, milliseconds since 1970, where the record says it: a fork may go on with the count of its origin. */
  readonly dollarsSince?: number | undefined;
  /** What the model had before it at its last call, in tokens; `of`: how many it can have, where the record says it. */
  readonly context: { readonly used: number; readonly of: number | undefined } | undefined;
  /** What the account may still use, where the record says it. */
  readonly limits: readonly LimitWindow[];
  /** The folder that the conversation began in. */
  readonly cwd: string | undefined;
}

/** One prompt, and what came of it. Texts are those of others: never markup. */
export interface Turn {
  /** Milliseconds since 1970; undefined: the record does not say. */
  readonly at: number | undefined;
  readonly prompt: string;
  /** The newest of them, in their order. */
  readonly tools: readonly ToolUse[];
  /** How many there were in all. */
  readonly toolCount: number;
  /** What the agent said last in it; undefined: nothing yet. */
  readonly said: string | undefined;
  /** When the last of it was written down. */
  readonly until: number | undefined;
  /** Undefined: it goes on, or its record was cut off. */
  readonly end: TurnEnd | undefined;
  readonly tokens: Tokens;
}

export type TurnEnd = 'done' | 'interrupted' | 'failed';

export interface ToolUse {
  readonly name: string;
  /** Of its arguments the one that tells most, as one line. */
  readonly what: string;
}

export interface Tokens {
  /** Read by the model, those from its cache included. */
  readonly input: number;
  /** Of `input`: read from the cache. */
  readonly cached: number;
  /** Written by the model, thoughts included. */
  readonly output: number;
}

/** A window of an account's limit: five hours, a week. */
export interface LimitWindow {
  readonly minutes: number;
  readonly usedPercent: number;
  /** Milliseconds since 1970. */
  readonly resetsAt: number | undefined;
}

/**
 * What the person asked first; undefined: nothing yet. What he ran in a shell by `!` names no conversation, and turns whose prompt is not on
 * record have none.
 */
export function firstPrompt(turns: readonly Pick<Turn, 'prompt'>[]): string | undefined {
  return turns.find(({ prompt }) => prompt !== '' && !prompt.startsWith('!'))?.prompt;
}

/** The windows that have not begun anew since they were told: of one that has, nothing is known until it is told again. */
export function openWindows({ limits }: Pick<History, 'limits'>, now: number): readonly LimitWindow[] {
  return limits.filter(({ resetsAt }) => resetsAt === undefined || resetsAt > now);
}

/** The window of an account that is used up longest, and until when; undefined: none is. */
export function fullWindow(
  history: Pick<History, 'limits'>,
  now: number,
): (LimitWindow & { readonly resetsAt: number }) | undefined {
  const full = openWindows(history, now).flatMap(window => {
    const { usedPercent, resetsAt } = window;
    return usedPercent >= 100 && resetsAt !== undefined ? [{ ...window, resetsAt }] : [];
  });
  return full.sort((a, b) => b.resetsAt - a.resetsAt)[0];
}

export const NO_TOKENS: Tokens = { input: 0, cached: 0, output: 0 };

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return { input: a.input + b.input, cached: a.cached + b.cached, output: a.output + b.output };
}

/** What `now` has more than `before`; less than nothing is nothing. */
export function moreTokens(now: Tokens, before: Tokens): Tokens {
  const more = (part: keyof Tokens) => Math.max(0, now[part] - before[part]);
  return { input: more('input'), cached: more('cached'), output: more('output') };
}

/** `five hours`, `week`: the name of a window, by its length. */
export function windowName({ minutes }: Pick<LimitWindow, 'minutes'>): string {
  if (minutes === 10_080) return 'week';
  if (minutes % 1440 === 0) return minutes === 1440 ? 'day' : `${minutes / 1440} days`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
