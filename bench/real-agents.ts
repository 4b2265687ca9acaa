import { execFileSync } from 'node:child_process';
import { makeAgentHome } from '../test/real-agents/agent-home.ts';
import { installAgent, type PinnedAgent } from '../test/real-agents/install-agent.ts';
import { MockModel } from '../test/real-agents/mock-model/mock-model.ts';
import { type Stage, TUTTI } from './stage.ts';

const AGENTS: readonly PinnedAgent[] = ['claude', 'codex', 'gemini', 'opencode', 'copilot'];

export interface RealAgents {
  /** Those that were started; others could not be fetched. */
  readonly names: readonly string[];
  readonly end: () => Promise<void>;
}

/** A session for each real program that is to be had, in homes of their own, with a model on loopback that nobody asks. */
export async function spawnRealAgents(stage: Stage): Promise<RealAgents> {
  const model = await MockModel.start();
  const names: string[] = [];
  const ends: (() => void)[] = [];
  for (const agent of AGENTS) {
    const { bin, name } = await installAgent(agent);
    if (!bin) continue;
    const home = makeAgentHome({ agent, bin, url: model.url, trusted: [stage.repository] });
    ends.push(home.end);
    execFileSync(TUTTI[0], [TUTTI[1], 'new', `Real ${agent}`, '--agent', agent], {
      cwd: stage.repository,
      env: { ...home.env, TUTTI_HOME: stage.home.tutti },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    names.push(name);
  }
  return {
    names,
    end: async () => {
      for (const end of ends) end();
      await model.end();
    },
  };
}
