import type { HostStatus } from '../protocol/host.ts';
import type { Prompt } from './prompt.ts';

/**
 * When the turn that a submitted prompt asked for began, by the host's clock: the agent's own word where it gives one, else the
 * first change on its screen after the Enter. Undefined: not yet.
 */
export function turnBegunAt(
  status: Pick<HostStatus, 'events' | 'records'>,
  prompt: Pick<Prompt, 'state' | 'stateAt'>,
): number | undefined {
  if (prompt.state !== 'submitted') return undefined;
  const later = status.events.filter(event => event.at >= prompt.stateAt);
  const report = later.find(
    event => event.type === 'status' && event.record.id === '' && TURN_STATES.has(event.record.state),
  );
  if (report) return report.at;
  const speaks = status.records.length > 0 || status.events.some(event => event.type === 'status');
  if (speaks) return undefined;
  // The host tells the first change after each submitted input.
  return later.find(event => event.type === 'stirred')?.at;
}

/** A turn may be so short, or its first report so late, that its end or a question is the first that is heard of it. */
const TURN_STATES = new Set(['working', 'blocked', 'done', 'error']);
