import { agentFor } from '../agents/described.ts';
import type { DeliveryResult } from '../protocol/host.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import { ANSWER_MS } from './hosts.ts';

/** So long a program may take to stop. */
const STOPPED_MS = 4000;

/**
 * Interrupts the turn that is under way, while the agent `works` and asks nothing: by its own server where it has one that is told so, else by
 * its own key, pressed only where the host sees it work in that moment, so that it is neither an answer to a dialog nor an end of a program
 * at rest. False where neither can be done, or nothing came of it: the turn goes on, and what is sent then waits.
 */
export async function interruptTurn(
  brain: Pick<Brain, 'hosts'>,
  session: Session,
  { operation, works }: { readonly operation: string; readonly works: boolean },
): Promise<boolean> {
  const { input, serverInterrupt } = agentFor(session.agent);
  const link = session.host.state === 'running' ? brain.hosts.find(session.id, session.host.name) : undefined;
  if (!link || !works) return true;
  const { connection } = link;
  const word = session.conversationBegun ? serverInterrupt?.(session.conversation) : undefined;
  if (word) {
    const told = { operation, ...word, timeoutMs: STOPPED_MS };
    return isDone(connection.request('server/answer', told, STOPPED_MS + ANSWER_MS));
  }
  if (input.interrupt) {
    const { key, ...when } = input.interrupt;
    const press = { operation, ...when, base64: Buffer.from(key).toString('base64'), timeoutMs: STOPPED_MS };
    return isDone(connection.request('keys/press', press, STOPPED_MS + ANSWER_MS));
  }
  return false;
}

function isDone(answer: Promise<DeliveryResult>): Promise<boolean> {
  return answer.then(
    ({ outcome }) => outcome === 'submitted',
    () => false,
  );
}
