import { agentFor } from '../agents/described.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';
import { ANSWER_MS } from './hosts.ts';

/** So long a program may take to stop. */
const STOPPED_MS = 4000;

/**
 * Interrupts the turn that is under way, by the agent's own key: pressed only where the host sees it work in that moment, so that it is
 * neither an answer to a dialog nor an end of a program at rest. Where it cannot be pressed nothing happens: what is sent then waits.
 */
export async function interruptTurn(
  brain: Pick<Brain, 'hosts'>,
  session: Session,
  { operation }: { readonly operation: string },
): Promise<void> {
  const { interrupt } = agentFor(session.agent).input;
  const link = session.host.state === 'running' ? brain.hosts.find(session.id, session.host.name) : undefined;
  if (!interrupt || !link) return;
  const press = {
    operation,
    shows: interrupt.working,
    base64: Buffer.from(interrupt.key).toString('base64'),
    timeoutMs: STOPPED_MS,
  };
  await link.connection.request('keys/press', press, STOPPED_MS + ANSWER_MS).catch(() => {});
}
