import type { Session } from './session.ts';

/** Ids of all that its agent has said to it, the oldest first: they are nobody else's. */
export function conversationsOf({ earlier = [], conversation }: Session): readonly string[] {
  return [...earlier.map(({ id }) => id), conversation];
}

/** Those, and the one that it has a copy of: they are not taken over once more. One that could not be made has nothing. */
export function takenBy(session: Session): readonly string[] {
  const { forks, forksLost, life } = session;
  if (life.name === 'discarded') return [];
  return [...conversationsOf(session), ...(forks === undefined || forksLost ? [] : [forks])];
}
