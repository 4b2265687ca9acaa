import type { HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';

/**
 * That a program waits for words is no news right after some were sent to it, where its screen has said so since before that: its turn has
 * begun and nothing of it is drawn yet. It works then, until its screen has said something else, or has come to rest: it may answer without ever
 * showing work. For a program of which nothing but its screen tells that a turn has begun. Pure.
 */
export function awaitedTurn(claim: Claim, status: Pick<HostStatus, 'events' | 'settled'>): Claim {
  const { events, settled } = status;
  if (claim.source !== 'screen' || claim.state !== 'idle' || settled) return claim;
  const sent = events.findLast(({ type }) => type === 'submitted');
  if (!sent || claim.since > sent.at) return claim;
  if (events.some(({ type, n }) => type === 'settled' && n > sent.n)) return claim;
  const words = `${claim.words}, but since before something was sent to it`;
  return { source: 'screen', state: 'busy', since: sent.at, at: sent.at, words };
}
