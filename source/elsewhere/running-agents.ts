import type { Agent } from '../agents/agent.ts';
import { agentCalled, conversationCalled } from '../agents/runs-elsewhere.ts';
import type { ProcessTable } from '../system/process-identity.ts';
import type { Pane } from './panes.ts';

/** A program of an agent that the user has started himself, in a pane of his tmux. */
export interface RunningAgent {
  readonly agent: Agent;
  readonly pid: number;
  readonly pane: Pane;
  /** Conversations that it may have, by the strongest word on them; more than one where it has records of sub-agents open as well. */
  readonly ids: readonly string[];
}

/** The agents among what runs in panes. `listed`: the conversation of a process, by the agents' own lists. */
export function agentsInPanes(options: {
  readonly panes: readonly Pane[];
  readonly agents: readonly Agent[];
  readonly processes: Pick<ProcessTable, 'sessionOf' | 'argumentsOf' | 'openFiles'>;
  readonly listed: ReadonlyMap<number, string>;
}): readonly RunningAgent[] {
  const { panes, agents, processes, listed } = options;
  return panes.flatMap(pane => {
    const found = new Map<Agent, { readonly pid: number; readonly argv: readonly string[] }[]>();
    for (const pid of processes.sessionOf(pane.pid, pane.tty)) {
      const argv = processes.argumentsOf(pid);
      const agent = agentCalled(argv, agents);
      if (agent) found.set(agent, [...(found.get(agent) ?? []), { pid, argv }]);
    }
    // Some start themselves once more: they are one program.
    return [...found].map(([agent, calls]) => {
      const byList = calls.flatMap(({ pid }) => listed.get(pid) ?? []);
      const byRecord = () => calls.flatMap(({ pid }) => openRecords(agent, processes.openFiles(pid)));
      const byCall = () =>
        calls.flatMap(({ argv }) => (agent.elsewhere && conversationCalled(argv, agent.elsewhere)) ?? []);
      const ids = [byList, byRecord(), byCall()].find(each => each.length > 0) ?? [];
      return { agent, pid: calls[0]?.pid ?? pane.pid, pane, ids: [...new Set(ids)] };
    });
  });
}

function openRecords({ records }: Agent, files: readonly string[]): readonly string[] {
  return files.flatMap(file => records?.listing?.idOf(file, {}) ?? []);
}
