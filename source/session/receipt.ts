import type { HookReport, HostEvent, HostStatus } from '../protocol/host.ts';
import { operationOf } from './effect.ts';
import type { SessionFact } from './event.ts';
import type { Prompt } from './prompt.ts';

/** By which of its words an agent tells that it has begun a turn. */
export interface Receipt {
  /** The hook that it calls when it takes a prompt, or what its own server tells then. */
  readonly hook?: string;
  /** Which of those reports say so; undefined: each. */
  readonly begins?: (report: HookReport) => boolean;
  /** The rules that hold on its screen when it works. */
  readonly rules?: readonly string[];
  /** Of a program that says nothing of itself: those of the rules that hold in a turn alone, also in one that a person's keys began. */
  readonly typed?: readonly string[];
  /** What its own root record says then, or after it. */
  readonly states: readonly Extract<HostEvent, { type: 'status' }>['record']['state'][];
}

/** A turn may be so short, or its first report so late, that its end or a question is the first that is heard of it. */
export const TURN_WORDS: Receipt['states'] = ['working', 'blocked', 'done', 'error'];

/**
 * When the turn that a submitted prompt asked for began, by the host's clock: the agent's own word, and, of a program of which nobody
 * knows what it says and which has said nothing, the first change on its screen after the Enter. Undefined: not yet.
 */
export function turnBegunAt(
  status: Pick<HostStatus, 'events' | 'records'>,
  prompt: Pick<Prompt, 'state' | 'stateAt'>,
  receipt?: Receipt,
): number | undefined {
  if (prompt.state !== 'submitted') return undefined;
  const later = status.events.filter(event => event.at >= prompt.stateAt);
  const word = later.find(event => tellsOfTurn(event, receipt ?? { states: TURN_WORDS }));
  if (word) return word.at;
  // What it draws before its first word may be a question about trust, which holds the prompt back.
  const speaks = receipt || status.records.length > 0 || status.events.some(event => event.type === 'status');
  if (speaks) return undefined;
  // The host tells the first change after each submitted input.
  return later.find(event => event.type === 'stirred')?.at;
}

function tellsOfTurn(event: HostEvent, { hook, begins, rules, states }: Receipt): boolean {
  if (event.type === 'hook') {
    const { report } = event;
    return report.name === hook && !isOfSubAgent(report) && (begins?.(report) ?? true);
  }
  if (event.type === 'ruleChanged') return event.holds && (rules?.includes(event.rule) ?? false);
  return event.type === 'status' && event.record.id === '' && states.includes(event.record.state);
}

/** Sub-agents' reports name them; they say nothing of the whole. */
export function isOfSubAgent({ data }: HookReport): boolean {
  return data.agent_id !== undefined || data.agentId !== undefined;
}

/**
 * Somebody's own keys began a turn, of which no prompt in the outbox tells. By what is seen in a turn alone: an Enter may have answered
 * a dialog before the conversation.
 */
export function typedTurn(status: Pick<HostStatus, 'events'>, { typed = [] }: Pick<Receipt, 'typed'> = {}): boolean {
  const { at = Number.POSITIVE_INFINITY } = status.events.find(event => event.type === 'submitted') ?? {};
  return status.events.some(event => {
    if (event.at < at) return false;
    if (event.type === 'ruleChanged') return event.holds && typed.includes(event.rule);
    return (
      event.type === 'status' && event.record.id === '' && ['working', 'done', 'error'].includes(event.record.state)
    );
  });
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
