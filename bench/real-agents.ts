import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { SessionJson } from '../source/commands/session-json.ts';
import { makeAgentHome } from '../test/real-agents/agent-home.ts';
import { installAgent, type PinnedAgent } from '../test/real-agents/install-agent.ts';
import { MockModel } from '../test/real-agents/mock-model/mock-model.ts';
import { allProcesses } from './processes.ts';
import { type Stage, TUTTI } from './stage.ts';

const AGENTS: readonly PinnedAgent[] = ['claude', 'codex', 'gemini', 'opencode', 'copilot'];

/** How a real program stands at a moment. */
export interface Standing {
  readonly name: string;
  /** Of the program itself, if it runs. */
  readonly pid: number | undefined;
  /** What tutti says of its session. */
  readonly status: string | undefined;
}

export interface RealAgents {
  /** Those that were started; others could not be fetched. */
  readonly names: readonly string[];
  readonly look: () => readonly Standing[];
  readonly end: () => Promise<void>;
}

/** A session for each real program that is to be had, in homes of their own, with a model on loopback that nobody asks. */
export async function spawnRealAgents(stage: Stage): Promise<RealAgents> {
  const model = await MockModel.start();
  const started: { readonly agent: PinnedAgent; readonly name: string; readonly id: string }[] = [];
  const ends: (() => void)[] = [];
  // gemini asks in each worktree of a trusted repository, else: nobody would be there to answer.
  const trusted = [stage.repository, join(stage.home.tutti, 'data', 'worktrees')];
  for (const agent of AGENTS) {
    const { bin, name } = await installAgent(agent);
    if (!bin) continue;
    const home = makeAgentHome({ agent, bin, url: model.url, trusted });
    ends.push(home.end);
    const id = execFileSync(TUTTI[0], [TUTTI[1], 'new', `Real ${agent}`, '--agent', agent], {
      cwd: stage.repository,
      env: { ...home.env, TUTTI_HOME: stage.home.tutti },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push({ agent, name, id: id.trim() });
  }
  const look = () => {
    const processes = allProcesses();
    const hosts = new Set(processes.flatMap(({ pid, command }) => (command.includes('host.cjs') ? [pid] : [])));
    const sessions = JSON.parse(stage.tutti(['ls', '--json'])) as readonly SessionJson[];
    return started.map(({ agent, name, id }) => {
      const session = sessions.find(each => each.id === id);
      const program = processes.find(
        ({ parent, cwd, command }) => hosts.has(parent) && cwd === session?.worktree && command.includes(agent),
      );
      return { name, pid: program?.pid, status: session?.status };
    });
  };
  return {
    names: started.map(({ name }) => name),
    look,
    end: async () => {
      for (const end of ends) end();
      await model.end();
    },
  };
}
