import type { Agent } from '../agents/agent.ts';
import { childEnvironment } from '../agents/environment.ts';
import type { AgentOffer } from '../protocol/agent-offer.ts';
import { agentName } from '../session/agent-name.ts';
import { profileOf, profilesOf } from '../store/profile-of.ts';
import type { Settings } from '../store/settings-defaults.ts';
import { askProgram } from '../system/ask-program.ts';
import { loginOf } from './agent-login.ts';
import { agentsOf, type NamedAgent, offerBy, placeOf } from './agent-offers.ts';

/** All agents are asked at once, and some take seconds for a version alone; one that needs longer than this would not be lived with. */
const LIMIT_MS = 30_000;

interface Examination {
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Settings;
  /** Of the user, where the client's environment has none. */
  readonly home: string;
  readonly limitMs?: number;
}

/**
 * The agents as `listAgents` has them, each with its profiles behind it, and asked now: for its version, whatever it said before, and for its
 * login. A profile is asked in its own environment, where another program may be found and another account is.
 */
export async function examinedOffers(options: Examination): Promise<readonly AgentOffer[]> {
  return (await Promise.all(agentsOf(options.settings).map(named => examinedInTurn(named, options)))).flat();
}

/** Its accounts one after another: two of opencode that begin in a fresh home at once break each other's database, and fail. */
async function examinedInTurn(named: NamedAgent, options: Examination): Promise<readonly AgentOffer[]> {
  const offers: AgentOffer[] = [];
  for (const profile of [undefined, ...profilesOf(options.settings, named.kind)])
    offers.push(await examined(named, profile, options));
  return offers;
}

async function examined(
  named: NamedAgent,
  profile: string | undefined,
  { env, settings, home, limitMs = LIMIT_MS }: Examination,
): Promise<AgentOffer> {
  const { agent, kind } = named;
  const { environment: set } = profileOf(settings, { kind, profile }, env.HOME ?? home);
  const client = { ...env, ...set };
  const { installed, program } = placeOf(named, { env: client, settings });
  const asking = { program, env: childEnvironment({ client, unset: agent.unset, set }), limitMs };
  const [told, login] = await Promise.all([
    toldVersion(agent, asking),
    installed && isLoggedInTo(agent) ? loginOf(agent.detect.login ?? {}, asking) : undefined,
  ]);
  return {
    ...offerBy(named, { installed, version: told?.version }),
    ...(profile === undefined ? {} : { profile, name: agentName({ kind: named.name, profile }) }),
    ...(told === undefined ? {} : { isAsked: true }),
    ...(login === undefined ? {} : { login }),
  };
}

/** Undefined: it is not to be asked. */
async function toldVersion(
  { detect }: Agent,
  { program, env, limitMs }: Parameters<typeof loginOf>[1],
): Promise<Pick<AgentOffer, 'version'> | undefined> {
  if (program === undefined || detect.versionArgs.length === 0) return undefined;
  const output = await askProgram({ program, args: detect.versionArgs, env, limitMs });
  return { version: output === undefined ? undefined : detect.version(output) };
}

/** Not a shell, the demo, or what only the settings name. */
function isLoggedInTo({ isDemo, detect }: Agent): boolean {
  return !isDemo && detect.versionArgs.length > 0;
}
