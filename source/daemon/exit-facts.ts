import { agentFor } from '../agents/described.ts';
import type { ProgramExit } from '../protocol/host.ts';
import type { SessionFact } from '../session/event.ts';
import type { Session } from '../session/session.ts';
import type { System } from '../system/system.ts';
import { endOf } from './end-of.ts';
import { freshUuid } from './fresh-id.ts';

/**
 * What the end of an agent's program means. One that does not know its conversation any more begins a new one at its next start. A fork of which
 * nothing was written down yet is forked once more, but not where it is the other one that is lost.
 */
export function exitFacts(
  session: Session,
  { name, exit }: { readonly name: string; readonly exit: ProgramExit },
  system: Pick<System, 'random'>,
): readonly SessionFact[] {
  const end = endOf(session, exit);
  const { conversationLost, adoptsCopy, name: agent } = agentFor(session.agent);
  const isLost = conversationLost !== undefined && new RegExp(conversationLost, 'u').test(exit.lastLines.join('\n'));
  if (!isLost) return [{ type: 'hostExited', name, end }];
  // A copy is written down before its first turn; of the others only the other one can be lost before that.
  const forgets = session.forks !== undefined && (adoptsCopy !== undefined || !session.conversationBegun);
  const text = `${agent} does not know its conversation any more: the next start begins a new one.`;
  return [
    { type: 'hostExited', name, end: { ...end, text } },
    {
      type: 'conversationReported',
      conversation: freshUuid(system),
      begun: false,
      ...(forgets ? { forgets: true } : {}),
    },
  ];
}
