import { agentFor } from '../agents/described.ts';
import type { AdmitFacts } from '../session/admit.ts';
import type { Session } from '../session/session.ts';

/** What the agent of a session can't, with the reasons. */
export function cannotOf({ agent }: Pick<Session, 'agent'>): AdmitFacts['cannot'] {
  const { cannot, input, serverInterrupt } = agentFor(agent);
  return input.interrupt || serverInterrupt
    ? cannot
    : {
        ...cannot,
        interrupt: `tutti does not know a safe key that interrupts ${agent.kind}: interrupt it in its pane`,
      };
}
