import type { HostStatus } from '../protocol/host.ts';
import type { Claim } from './claim.ts';

/**
 * For a program that says nothing: working from the first output after a submitted input until no cell has changed for a while
 * (the host says `settled`), then unknown. Never a guessed idle: silence may be a question, a long tool or an end.
 */
export function claimOfOutput(status: Pick<HostStatus, 'events' | 'changedAt' | 'settled' | 'startedAt'>): Claim {
  const submitted = status.events.findLast(event => event.type === 'submitted');
  const changedAt = status.changedAt ?? status.startedAt;
  const common = { source: 'output', at: changedAt } as const;
  if (!submitted) return { ...common, state: 'unknown', since: status.startedAt, words: 'nothing was sent to it yet' };
  if (changedAt >= submitted.at && !status.settled) {
    return { ...common, state: 'busy', since: submitted.at, words: 'its screen changes since something was sent' };
  }
  return { ...common, state: 'unknown', since: Math.max(changedAt, submitted.at), words: 'its screen stands still' };
}
