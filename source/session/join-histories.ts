import { turnName, withoutCopies } from './copied-turns.ts';
import { addTokens, type History } from './history.ts';

/**
 * The history of a session out of those of its conversations, in their order; `now`: of the one that it has now, if anything is written
 * down of it. One that was forked within the program begins with copies of the turns before: they are told and counted once.
 */
export function joinHistories(earlier: readonly History[], now: History | undefined): History | undefined {
  const [first, ...more] = now ? [...earlier, now] : earlier;
  return first && { ...more.reduce(join, first), context: now?.context };
}

function join(before: History, after: History): History {
  const there = new Set(before.turns.map(turnName));
  const own = withoutCopies(after, turn => turn.at !== undefined && there.has(turnName(turn)));
  return {
    ...own,
    turns: [...before.turns, ...own.turns],
    count: before.count + own.count,
    tokens: addTokens(before.tokens, own.tokens),
    dollars: dollarsOf(before, own),
    dollarsSince: earlierOf(before.dollarsSince, own.dollarsSince),
    limits: own.limits.length > 0 ? own.limits : before.limits,
    cwd: own.cwd ?? before.cwd,
  };
}

/** A conversation that was forked within the program goes on with the same count; `/clear` begins another one. */
function dollarsOf(before: History, after: History): number | undefined {
  if (before.dollars === undefined || after.dollars === undefined) return before.dollars ?? after.dollars;
  const isSameCount = before.dollarsSince !== undefined && before.dollarsSince === after.dollarsSince;
  return isSameCount ? Math.max(before.dollars, after.dollars) : before.dollars + after.dollars;
}

function earlierOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
