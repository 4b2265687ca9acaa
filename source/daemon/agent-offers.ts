import { statSync } from 'node:fs';
import type { Agent } from '../agents/agent.ts';
import { agentFor } from '../agents/described.ts';
import { childEnvironment } from '../agents/environment.ts';
import { AGENTS } from '../agents/index.ts';
import type { AgentOffer } from '../protocol/agent-offer.ts';
import { agentName } from '../session/agent-name.ts';
import { describedIn } from '../store/described-in.ts';
import { profilesOf } from '../store/profile-of.ts';
import type { Settings } from '../store/settings-defaults.ts';
import { askProgram } from '../system/ask-program.ts';
import { VERSION } from '../system/build.ts';
import { findProgram } from './find-program.ts';

/** Who is slower to tell its version is offered without it, and has it when the list is asked for again. */
const WAIT_MS = 4000;

/** A program that takes longer does not tell its version at all. */
const LIMIT_MS = 60_000;

/** What was asked before: path, size and time of the program's file → its version. */
const versions = new Map<string, Promise<string | undefined>>();

/** The agents on the client's machine, in the order of the table, then those that only the settings name. */
export function listAgents(options: {
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Settings;
  readonly waitMs?: number;
}): Promise<readonly AgentOffer[]> {
  return Promise.all(agentsOf(options.settings).map(named => offerOf(named, options)));
}

/** An adapter by the names that it is offered with: those of the settings, where only they name it. */
export interface NamedAgent {
  readonly agent: Agent;
  readonly kind: string;
  readonly name: string;
}

/** All that can be offered: those of the table, then those that only the settings name. */
export function agentsOf(settings: Pick<Settings, 'agents'>): readonly NamedAgent[] {
  const known = AGENTS.filter(agent => agent.kind !== 'command');
  const own = Object.keys(settings.agents).filter(name => !known.some(agent => agent.kind === name));
  return [
    ...known.map(agent => ({ agent, kind: agent.kind, name: agent.name })),
    ...own.map(name => ({
      agent: agentFor({ kind: name, described: describedIn(settings, name) }),
      kind: name,
      name,
    })),
  ];
}

/** Each agent with its profiles behind it: as it is offered itself, whatever the profile looks for elsewhere. */
export function withProfiles(
  offers: readonly AgentOffer[],
  settings: Pick<Settings, 'profiles'>,
): readonly AgentOffer[] {
  return offers.flatMap(offer => {
    const own = profilesOf(settings, offer.kind);
    return [offer, ...own.map(profile => ({ ...offer, profile, name: agentName({ kind: offer.name, profile }) }))];
  });
}

/** Where an agent's program is for a client, and whether it is that itself, not a command of the settings that stands for it. */
export function placeOf(
  { agent, kind }: NamedAgent,
  { env, settings }: { readonly env: Readonly<Record<string, string>>; readonly settings: Pick<Settings, 'agents'> },
): { readonly installed: boolean; readonly program: string | undefined } {
  const command = settings.agents[kind]?.command;
  const { program, programVariable } = agent.detect;
  const wanted = command?.[0] ?? ((programVariable && env[programVariable]) || program);
  const found = wanted === undefined ? undefined : findProgram(wanted, env);
  return { installed: found !== undefined || wanted === undefined, program: command ? undefined : found };
}

/** What is offered of an agent, once it is known whether it is there and what its version is. */
export function offerBy(
  { agent, kind, name }: NamedAgent,
  { installed, version }: Pick<AgentOffer, 'installed' | 'version'>,
): AgentOffer {
  return {
    kind,
    name,
    installed,
    version: agent.isDemo ? VERSION : version,
    install: agent.detect.install,
    isDemo: agent.isDemo,
    cannot: agent.cannot,
    permissionModes: agent.permissionModes,
  };
}

async function offerOf(
  named: NamedAgent,
  options: { env: Readonly<Record<string, string>>; settings: Settings; waitMs?: number },
): Promise<AgentOffer> {
  const { env, waitMs = WAIT_MS } = options;
  const { installed, program } = placeOf(named, options);
  const version = program === undefined ? undefined : await within(waitMs, versionOf(named.agent, program, env));
  return offerBy(named, { installed, version });
}

function versionOf(agent: Agent, path: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  if (agent.detect.versionArgs.length === 0) return Promise.resolve(undefined);
  const file = statSync(path);
  const key = `${path}:${file.size}:${file.mtimeMs}`;
  const known = versions.get(key);
  if (known) return known;
  const asked = askProgram({
    program: path,
    args: agent.detect.versionArgs,
    env: childEnvironment({ client: env, unset: agent.unset, set: {} }),
    limitMs: LIMIT_MS,
  }).then(output => {
    // Asked again the next time: a busy machine is no reason to be without it for ever.
    if (output === undefined) versions.delete(key);
    return output === undefined ? undefined : agent.detect.version(output);
  });
  versions.set(key, asked);
  return asked;
}

function within<T>(ms: number, answer: Promise<T>): Promise<T | undefined> {
  return new Promise(resolve => {
    const waited = setTimeout(resolve, ms, undefined);
    void answer.then(value => {
      clearTimeout(waited);
      resolve(value);
    });
  });
}
