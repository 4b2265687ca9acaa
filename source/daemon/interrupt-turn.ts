import { agentFor } from '../agents/described.ts';
import type { DeliveryResult } from '../protocol/host.ts';
import type { KeyPress } from '../protocol/key-press.ts';
import type { Activity } from '../session/activity.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import { ANSWER_MS, type HostLink } from './hosts.ts';

/** So long a program may take to stop. */
const STOPPED_MS = 4000;

/** Of a screen that is drawn in several steps, or without its work for a moment, another look is taken when it has rested so long. */
const RESTED_MS = 200;

/** `nothing`: no turn was seen that could be ended, and nobody knows of a key that was pressed. `failed`: the turn goes on. */
export type Interruption = 'interrupted' | 'nothing' | 'failed';

/**
 * Interrupts the turn that is under way: by the agent's own server where it has one that is told so, else by its own key, pressed only where
 * the host sees it work in that moment, so that it is neither an answer to a dialog nor an end of a program at rest. The host is asked also
 * where the agent is believed to be at rest: for a moment it may only look so. Where it asks something, nothing is done.
 */
export async function interruptTurn(
  brain: Pick<Brain, 'hosts'>,
  session: Session,
  { operation, activity }: { readonly operation: string; readonly activity: Activity['state'] },
): Promise<Interruption> {
  const { input, serverInterrupt } = agentFor(session.agent);
  const link = session.host.state === 'running' ? brain.hosts.find(session.id, session.host.name) : undefined;
  if (!link || activity === 'waiting') return 'nothing';
  const word = session.conversationBegun ? serverInterrupt?.(session.conversation) : undefined;
  if (word) {
    if (activity !== 'busy') return 'nothing';
    const told = { operation, ...word, timeoutMs: STOPPED_MS };
    const outcome = await outcomeOf(link.connection.request('server/answer', told, STOPPED_MS + ANSWER_MS));
    return outcome === 'submitted' ? 'interrupted' : 'failed';
  }
  if (!input.interrupt) return activity === 'busy' ? 'failed' : 'nothing';
  const { key, ...when } = input.interrupt;
  const press = { ...when, base64: Buffer.from(key).toString('base64'), timeoutMs: STOPPED_MS };
  const first = await pressed(link, { ...press, operation });
  // Only what was surely not pressed is pressed again: two of them may be another key.
  if (first !== 'notReady') return came(first);
  await link.connection.request('screen/read', { scrollback: 0, calmMs: RESTED_MS }).catch(() => {});
  return came(await pressed(link, { ...press, operation: `${operation}/again` }));
}

type Outcome = DeliveryResult['outcome'] | undefined;

function pressed({ connection }: Pick<HostLink, 'connection'>, press: KeyPress): Promise<Outcome> {
  return outcomeOf(connection.request('keys/press', press, STOPPED_MS + ANSWER_MS));
}

function came(outcome: Outcome): Interruption {
  if (outcome === 'submitted') return 'interrupted';
  return outcome === 'notSeen' ? 'failed' : 'nothing';
}

/** Undefined: the host has gone, or is too old to know what it was asked. */
function outcomeOf(answer: Promise<DeliveryResult>): Promise<Outcome> {
  return answer.then(
    ({ outcome }) => outcome,
    () => undefined,
  );
}
