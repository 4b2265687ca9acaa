import type { Session } from './session.ts';

/** Ids of all that its agent has said to it, the oldest first: they are nobody else's. */
export function conversationsOf({ earlier = [], conversation }: Session): readonly string[] {
  return [...earlier.map(({ id }) => id), conversation];
}
