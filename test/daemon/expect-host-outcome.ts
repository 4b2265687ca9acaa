import { expect } from 'vitest';
import type { HostOutcome, HostRound } from './host-round.ts';
import type { Outcome } from './kill-round.ts';

/**
 * A host is its agent's end: that shows, is never hidden, and one key brings the agent back. All else is as if nothing had
 * happened, no prompt is heard twice, and nothing is left over.
 */
export function expectHostOutcome(round: HostRound, found: HostOutcome, undisturbed: Outcome): void {
  const { outcome, died, falls } = found;
  expect({ round, died }).toEqual({ round, died: true });
  expect({ round, heard: outcome.receipts }).toEqual({ round, heard: [...new Set(outcome.receipts)] });
  expect({ round, world: worldOf(outcome) }).toEqual({ round, world: worldOf(undisturbed) });
  // A run that was stopped has come to nothing more, and whoever died with a prompt may not have heard it.
  if (falls.includes('crash of a run')) return;
  expect({ round, ...workOf(outcome) }).toEqual({ round, ...workOf(undisturbed) });
  if (round.killAt !== 'host:entered')
    expect({ round, heard: outcome.receipts }).toEqual({ round, heard: undisturbed.receipts });
  // The result of a check died with its host, so it has to run again.
  const again = round.walk === 'letGo' && ['host:exited', 'host:noted'].includes(round.killAt) ? 1 : 0;
  expect(outcome.checks - undisturbed.checks, JSON.stringify(round)).toBeGreaterThanOrEqual(0);
  expect(outcome.checks - undisturbed.checks, JSON.stringify(round)).toBeLessThanOrEqual(again);
}

/** What may be lost or left over in any case. */
function worldOf({ worktrees, refs, processes, sockets, locks, stored, bystander }: Outcome) {
  return { worktrees, refs, processes, sockets, locks, stored, bystander };
}

/** What has become of the work. How many hosts it took differs, and so does what stands in the outbox. */
function workOf({ sessions, files, commits }: Outcome) {
  const facts = sessions.map(session => {
    const { hosts, outbox, line, ...rest } = session as Record<string, unknown>;
    return rest;
  });
  return { sessions: facts, files, commits };
}
