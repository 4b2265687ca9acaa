import type { Session } from './session.ts';

/** Ids of all that its agent has said to it, the oldest first: they are nobody else's. */
export function conversationsOf({ earlier = [], conversation }: Session): readonly string[] {
  return [...earlier.map(({ id }) => id), conversation];
}

/** The conversation that it begins as a fork of; undefined: of none, or of one of which nothing is there any more. */
export function forkedBy({ forks, forksLost }: Pick<Session, 'forks' | 'forksLost'>): string | undefined {
  return forksLost ? undefined : forks;
}

/** Those, and the one that it has a copy of: they are not taken over once more. One that could not be made has nothing. */
export function takenBy(session: Session): readonly string[] {
  if (session.life.name === 'discarded') return [];
  const forks = forkedBy(session);
  return forks === undefined ? conversationsOf(session) : [...conversationsOf(session), forks];
}
