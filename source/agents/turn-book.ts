import {
  addTokens,
  type History,
  type LimitWindow,
  moreTokens,
  NO_TOKENS,
  type Tokens,
  type ToolUse,
  type Turn,
  type TurnEnd,
} from '../session/history.ts';

/** Of a conversation so many turns are kept, the newest: what is older is counted. */
export const KEPT_TURNS = 500;

/** Longest text that is kept of a prompt, an answer and a tool's argument, characters. */
const LONGEST_TEXT = 4000;
const LONGEST_WHAT = 200;

/** Of a turn so many tools are kept, the newest. */
const KEPT_TOOLS = 30;

/** Messages whose tokens may still be told again. */
const KEPT_MESSAGES = 32;

/**
 * What a reader of records writes into, row by row, and where the history is read from at any time. It is bounded, however long the
 * conversation. Times are milliseconds since 1970, undefined where a row has none.
 */
export interface TurnBook {
  readonly begin: (prompt: string, at: number | undefined) => void;
  readonly use: (tool: ToolUse, at: number | undefined) => void;
  /** Of one message, by its id: more of it is added to it, another one takes its place. */
  readonly say: (text: string, at: number | undefined, message?: string) => void;
  readonly end: (end: TurnEnd, at: number | undefined) => void;
  /** What one call of the model took, by the id of its message; told again, the last word counts. */
  readonly spend: (message: string, tokens: Tokens) => void;
  /** What the whole conversation has taken so far. */
  readonly spentInAll: (tokens: Tokens) => void;
  readonly cost: (dollars: number, since?: number) => void;
  readonly holds: (context: NonNullable<History['context']>) => void;
  readonly limit: (windows: readonly LimitWindow[]) => void;
  readonly place: (cwd: string) => void;
  readonly history: () => History;
}

type Written = { -readonly [Key in keyof Turn]: Turn[Key] };

export function turnBook(): TurnBook {
  const turns: Written[] = [];
  const spent = new Map<string, Tokens>();
  let count = 0;
  let tokens = NO_TOKENS;
  let saying: string | undefined;
  let dollars: number | undefined;
  let dollarsSince: number | undefined;
  let context: History['context'];
  let limits: readonly LimitWindow[] = [];
  let cwd: string | undefined;

  /** What comes before any prompt is a turn as well: of a record whose beginning is gone. */
  const newest = (at: number | undefined): Written => {
    if (turns.length === 0) begin('', at);
    const turn = turns.at(-1) as Written;
    turn.until = at ?? turn.until;
    // Whatever is written after its end: it went on.
    turn.end = undefined;
    return turn;
  };
  const begin = (prompt: string, at: number | undefined) => {
    turns.push({
      at,
      prompt: cut(prompt.trim(), LONGEST_TEXT),
      tools: [],
      toolCount: 0,
      said: undefined,
      until: at,
      end: undefined,
      tokens: NO_TOKENS,
    });
    count += 1;
    saying = undefined;
    if (turns.length > KEPT_TURNS) turns.shift();
  };
  const spendMore = (more: Tokens) => {
    tokens = addTokens(tokens, more);
    const turn = turns.at(-1);
    if (turn) turn.tokens = addTokens(turn.tokens, more);
  };
  return {
    begin,
    use: ({ name, what }, at) => {
      const turn = newest(at);
      turn.tools = [...turn.tools, { name, what: cut(oneLine(what), LONGEST_WHAT) }].slice(-KEPT_TOOLS);
      turn.toolCount += 1;
    },
    say: (text, at, message) => {
      if (text.trim() === '') return;
      const turn = newest(at);
      const isMore = message !== undefined && message === saying && turn.said !== undefined;
      saying = message;
      turn.said = cut(isMore ? `${turn.said}\n${text.trim()}` : text.trim(), LONGEST_TEXT);
    },
    end: (end, at) => {
      newest(at).end = end;
    },
    spend: (message, now) => {
      spendMore(moreTokens(now, spent.get(message) ?? NO_TOKENS));
      spent.set(message, now);
      const [oldest] = spent.keys();
      if (spent.size > KEPT_MESSAGES && oldest !== undefined) spent.delete(oldest);
    },
    spentInAll: now => spendMore(moreTokens(now, tokens)),
    cost: (now, since) => {
      dollars = now;
      dollarsSince = since;
    },
    holds: now => {
      context = now;
    },
    limit: windows => {
      limits = windows;
    },
    place: folder => {
      cwd ??= folder;
    },
    history: () => ({
      turns: turns.map(turn => ({ ...turn })),
      count,
      tokens,
      dollars,
      dollarsSince,
      context,
      limits,
      cwd,
    }),
  };
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
