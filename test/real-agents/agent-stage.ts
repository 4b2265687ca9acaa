import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Fleet, startFleet } from '../driver/fleet.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { type AgentHome, makeAgentHome } from './agent-home.ts';
import type { PinnedAgent } from './install-agent.ts';
import { MockModel } from './mock-model/mock-model.ts';
import { fleetOf, homeOf, watchOver } from './untouched.ts';

/** Longest wait for one thing. Nothing is told by a time: a busy machine is only slower. */
export const WITHIN = { within: 90_000 } as const;

export interface AgentStage {
  readonly fleet: Fleet;
  readonly model: MockModel;
  /** What is not any more as it was before tutti was opened, in the homes and the repository; all agents' and tutti's own records aside. */
  readonly touched: () => readonly string[];
  /** Environment of his terminals. */
  readonly env: Readonly<Record<string, string>>;
  /** One more terminal of the user, whose home has the agent set up. */
  readonly open: () => UserTerminal;
}

/** The whole of tutti in a terminal, with a real agent program whose model is on loopback. All of it is gone at the test's end. */
export async function agentStage(options: {
  readonly agent: PinnedAgent;
  readonly bin: string;
  /** The repository was trusted before. */
  readonly trusted?: boolean;
  /** The user's own arguments of it. */
  readonly args?: readonly string[];
  /** More of the user's settings of tutti. */
  readonly settings?: object;
  /** More in the environment of the user's terminals. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<AgentStage> {
  const { agent, bin, trusted = true, args = [] } = options;
  const fleet = await startFleet({
    opened: false,
    size: [120, 40],
    repository: { files: FILES },
    settings: {
      defaultAgent: agent,
      branchPrefix: 'tester/',
      agents: { [agent]: { args: [...args] } },
      ...options.settings,
    },
  });
  const model = await MockModel.start();
  const repository = fleet.repository ?? '';
  writeUncommitted(repository);
  const home = makeAgentHome({ agent, bin, url: model.url, trusted: trusted ? [repository] : [] });
  symlinkSync(bin, join(fleet.home.bin, agent));
  endWithTest({ fleet, model, homes: [home] });
  // Programs are found in the fleet's own folder, and whoever runs with its PATH is found there as well.
  const env = { ...home.env, PATH: fleet.home.env.PATH ?? '', ...options.env };
  const open = () => fleet.open({ env });
  const touched = watchOver([homeOf([agent], home.root), fleetOf(fleet.home.root)]);
  await open().see('No sessions in', WITHIN);
  return { fleet, model, touched, env, open };
}

/** A fleet of several of them, set up one beside the other, each in a home of its own, with one model that plays for all. */
export async function stageOfSeveral(
  programs: readonly { readonly agent: PinnedAgent; readonly bin: string; readonly trusted: boolean }[],
  /** More of the user's settings of tutti. */
  settings: object = {},
): Promise<Pick<AgentStage, 'fleet' | 'touched' | 'env'>> {
  const fleet = await startFleet({
    opened: false,
    size: [120, 40],
    repository: { files: FILES },
    settings: { branchPrefix: 'tester/', ...settings },
  });
  const model = await MockModel.start();
  writeUncommitted(fleet.repository ?? '');
  const homes = programs.map(({ agent, bin, trusted }) => {
    symlinkSync(bin, join(fleet.home.bin, agent));
    const home = makeAgentHome({ agent, bin, url: model.url, trusted: trusted ? [fleet.repository ?? ''] : [] });
    return { agent, home };
  });
  endWithTest({ fleet, model, homes: homes.map(({ home }) => home) });
  // Most are told where their folder is; gemini looks below HOME, and opencode where XDG says.
  const envOf = (wanted: PinnedAgent) => homes.find(({ agent }) => agent === wanted)?.home.env ?? {};
  const env = Object.assign({}, ...homes.map(({ home }) => home.env), {
    HOME: envOf('gemini').HOME,
    ...Object.fromEntries(Object.entries(envOf('opencode')).filter(([name]) => name.startsWith('XDG_'))),
    PATH: fleet.home.env.PATH,
  }) as Readonly<Record<string, string>>;
  const agents = homes.map(({ agent }) => agent);
  const touched = watchOver([...homes.map(({ home }) => homeOf(agents, home.root)), fleetOf(fleet.home.root)]);
  return { fleet, touched, env };
}

/** The model answers nothing any more, the fleet ends in peace, and the homes go last. */
function endWithTest({ fleet, model, homes }: Pick<AgentStage, 'fleet' | 'model'> & { homes: readonly AgentHome[] }) {
  onTestFinished(async () => {
    model.release();
    try {
      await fleet.end();
    } finally {
      await model.end();
      for (const home of homes) home.end();
    }
  });
}

/** The user's words to agents, which lie in the worktrees as well. */
const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Shop\n\nSells sheet music.\n',
  '.gitignore': 'ignored/\n',
  'CLAUDE.md': 'Prices are in cents.\n',
  'AGENTS.md': 'Prices are in cents.\n',
};

/** What the user has begun, and what git does not look at. */
function writeUncommitted(repository: string): void {
  writeFileSync(join(repository, 'notes.txt'), 'Order strings.\n');
  mkdirSync(join(repository, 'ignored'));
  writeFileSync(join(repository, 'ignored/mine.txt'), 'Mine.\n');
}
