import type { HostStatus } from '../protocol/host.ts';
import { operationOf } from './effect.ts';
import type { SessionFact } from './event.ts';
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

/**
 * Somebody's own keys began a turn, of which no prompt in the outbox tells. By the agent's own word alone: an Enter may have
 * answered a dialog before the conversation.
 */
export function typedTurn(status: Pick<HostStatus, 'events'>): boolean {
  const first = status.events.find(event => event.type === 'submitted');
  return status.events.some(
    event =>
      event.type === 'status' &&
      event.record.id === '' &&
      ['working', 'done', 'error'].includes(event.record.state) &&
      event.at >= (first?.at ?? Number.POSITIVE_INFINITY),
  );
}

/**
 * A delivery that the host did and nobody has noted: its answer was missed by a daemon that died, or comes after the agent's end.
 * Noted before anything else, so that what was sent is never sent again.
 */
export function submittedUnnoted(
  status: Pick<HostStatus, 'events'>,
  outbox: readonly Prompt[],
): SessionFact | undefined {
  for (const prompt of outbox) {
    if (prompt.state !== 'queued' && prompt.state !== 'withdrawn') continue;
    const operation = operationOf(prompt);
    const event = status.events.find(other => other.type === 'submitted' && other.operation === operation);
    if (event)
      return { type: 'promptTried', prompt: prompt.id, result: { outcome: 'submitted', at: event.at }, seen: event.n };
  }
}
