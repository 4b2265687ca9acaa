import { addTokens, type History, NO_TOKENS, type Turn } from './history.ts';

/** The same for a turn and its copy in the record of a fork, which keeps its time; undefined: nothing tells them. */
export function turnName({ at, prompt }: Turn): string | undefined {
  return at === undefined ? undefined : `${at} ${prompt}`;
}

/**
 * What is a conversation's own in a record that may begin with copies of another one's turns. Where the oldest turn that is told is a copy,
 * all that are only counted are copies, too: they are older.
 */
export function withoutCopies(history: History, isCopy: (turn: Turn) => boolean): History {
  const from = history.turns.findIndex(turn => !isCopy(turn));
  if (from === 0 || history.turns.length === 0) return history;
  const turns = from === -1 ? [] : history.turns.slice(from);
  const tokens = turns.reduce((sum, turn) => addTokens(sum, turn.tokens), NO_TOKENS);
  return { ...history, turns, count: turns.length, tokens };
}
