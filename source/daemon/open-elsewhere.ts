import { existsSync } from 'node:fs';
import type { Agent } from '../agents/agent.ts';
import { childEnvironment } from '../agents/environment.ts';
import { AGENTS } from '../agents/index.ts';
import { tmuxPanes } from '../elsewhere/panes.ts';
import { agentsInPanes, type RunningAgent } from '../elsewhere/running-agents.ts';
import { openConversations } from '../records/open-conversations.ts';
import { askProgram } from '../system/ask-program.ts';
import { isInside } from '../text/is-inside.ts';
import type { AgentAccount } from './agent-accounts.ts';
import type { Brain } from './brain.ts';
import { findProgram } from './find-program.ts';

/** Of an agent's own list; one that takes longer is looked at by the other sources alone. */
const LIMIT_MS = 10_000;

/** What the user runs outside of tutti, at the moment of asking. */
export interface OpenElsewhere {
  /** Where a conversation is open, for people: `claude, process 4711, in the tmux pane shop:0.1`; undefined: nowhere that is known. */
  readonly placeOf: (agent: Agent, id: string) => string | undefined;
  readonly inPanes: readonly RunningAgent[];
}

/**
 * Looks once, when somebody asks: at the files that agents keep of their processes, at their own lists (`claude agents --json`), and at the
 * panes of the user's tmux whose program works in one of these folders or below. What is not there tells nothing.
 */
export async function lookElsewhere(
  { processes }: Pick<Brain, 'processes'>,
  options: {
    readonly accounts: readonly AgentAccount[];
    readonly folders: readonly string[];
    /** Of the client: which tmux is meant, and where the programs are. */
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<OpenElsewhere> {
  const { accounts, folders, env } = options;
  const tmux = findProgram('tmux', env);
  const [lists, panes] = await Promise.all([
    Promise.all(accounts.map(askList)),
    tmux === undefined ? [] : tmuxPanes(tmux, env),
  ]);
  const open = [...accounts.flatMap(account => fromFiles(account)), ...lists.flat()].filter(
    // One that was killed leaves its file behind.
    ({ pid }) => processes.startOf(pid) !== undefined,
  );
  const inPanes = agentsInPanes({
    panes: panes.filter(({ cwd }) => folders.some(folder => isInside(cwd, folder))),
    agents: AGENTS,
    processes,
    listed: new Map(open.map(({ pid, id }) => [pid, id])),
  });
  return {
    placeOf: (agent, id) => {
      const inPane = inPanes.find(each => each.agent === agent && each.ids.includes(id));
      if (inPane) return `${agent.name}, process ${inPane.pid}, in the tmux pane ${inPane.pane.name}`;
      const process = open.find(each => each.agent === agent && each.id === id)?.pid;
      return process === undefined ? undefined : `${agent.name}, process ${process}`;
    },
    inPanes,
  };
}

function fromFiles({ agent, records, folder }: AgentAccount) {
  return openConversations(records, folder).map(each => ({ ...each, agent }));
}

/** Who has never used the program has none: it would begin to set itself up. */
async function askList({ agent, folder, env }: AgentAccount) {
  const { elsewhere, detect, unset } = agent;
  const { list } = elsewhere ?? {};
  const program = list && existsSync(folder) ? findProgram(detect.program ?? agent.kind, env) : undefined;
  if (!list || program === undefined) return [];
  const output = await askProgram({
    program,
    args: list.args,
    env: childEnvironment({ client: env, unset, set: {} }),
    limitMs: LIMIT_MS,
  });
  return list.read(output ?? '').map(each => ({ ...each, agent }));
}
