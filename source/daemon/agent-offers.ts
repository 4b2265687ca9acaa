import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import type { Agent } from '../agents/agent.ts';
import { childEnvironment } from '../agents/environment.ts';
import { AGENTS, agentOf } from '../agents/index.ts';
import type { AgentOffer } from '../protocol/daemon.ts';
import type { Settings } from '../store/settings-defaults.ts';
import { VERSION } from '../system/build.ts';
import { findProgram } from './find-program.ts';

/** A program that does not tell its version within this is offered without. */
const VERSION_MS = 4000;

/** What was asked before: path, size and time of the program's file → its version. */
const versions = new Map<string, Promise<string | undefined>>();

/** The agents on the client's machine, in the order of the table, then those that only the settings name. */
export function listAgents(options: {
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Settings;
}): Promise<readonly AgentOffer[]> {
  const { settings } = options;
  const known = AGENTS.filter(agent => agent.kind !== 'command');
  const own = Object.keys(settings.agents).filter(name => !known.some(agent => agent.kind === name));
  return Promise.all([
    ...known.map(agent => offerOf(agent, options)),
    ...own.map(async name => ({ ...(await offerOf(agentOf('command'), { ...options, name })), kind: name, name })),
  ]);
}

async function offerOf(
  agent: Agent,
  { env, settings, name = agent.kind }: { env: Readonly<Record<string, string>>; settings: Settings; name?: string },
): Promise<AgentOffer> {
  const command = settings.agents[name]?.command;
  const { program, programVariable } = agent.detect;
  const wanted = command?.[0] ?? ((programVariable && env[programVariable]) || program);
  const found = wanted === undefined ? undefined : findProgram(wanted, env);
  return {
    kind: agent.kind,
    name: agent.name,
    installed: found !== undefined || wanted === undefined,
    version: agent.isDemo ? VERSION : found && !command ? await versionOf(agent, found, env) : undefined,
    install: agent.detect.install,
    isDemo: agent.isDemo,
    cannot: agent.cannot,
    permissionModes: agent.permissionModes,
  };
}

function versionOf(agent: Agent, path: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  if (agent.detect.versionArgs.length === 0) return Promise.resolve(undefined);
  const file = statSync(path);
  const key = `${path}:${file.size}:${file.mtimeMs}`;
  const asked = versions.get(key) ?? askVersion(agent, path, env);
  versions.set(key, asked);
  return asked;
}

function askVersion(agent: Agent, path: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  return new Promise(resolve => {
    const options = {
      env: childEnvironment({ client: env, unset: agent.unset, set: {} }),
      timeout: VERSION_MS,
      killSignal: 'SIGKILL',
    } as const;
    execFile(path, [...agent.detect.versionArgs], options, (failed, output) =>
      resolve(failed ? undefined : agent.detect.version(output)),
    ).stdin?.end();
  });
}
