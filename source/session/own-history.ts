import { withoutCopies } from './copied-turns.ts';
import type { History } from './history.ts';
import type { Session } from './session.ts';

/**
 * What a session itself has taken, to be summed with others. The record of a fork may begin with copies of its origin's turns, which keep
 * their times (claude's does). Where its money goes on with the count of its origin, nobody can tell what of it is its own.
 */
export function ownHistory({ forks, createdAt }: Pick<Session, 'forks' | 'createdAt'>, history: History): History {
  if (forks === undefined) return history;
  const own = withoutCopies(history, ({ at }) => at !== undefined && at < createdAt);
  const isShared = history.dollarsSince !== undefined && history.dollarsSince < createdAt;
  return isShared ? { ...own, dollars: undefined } : own;
}
