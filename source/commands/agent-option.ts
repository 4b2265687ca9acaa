import { TuttiError } from '../protocol/rpc.ts';
import { choiceBy } from '../session/agent-name.ts';
import type { AgentChoice } from '../session/session.ts';
import { type Client, type Context, clientEnvironment } from './context.ts';

/** The options by which `new` and `run` choose an agent. */
export const AGENT_OPTIONS = {
  agent: { type: 'string', alias: 'a', requiresArg: true, describe: 'claude, codex, …, or a name from the settings' },
  profile: {
    type: 'string',
    requiresArg: true,
    describe: 'an account from the settings: an agent with its own arguments and environment',
  },
  model: { type: 'string', requiresArg: true, describe: 'the model that it uses' },
  'permission-mode': { type: 'string', requiresArg: true, describe: 'what it may do without asking' },
} as const;

export interface AgentOptions {
  readonly agent: string | undefined;
  readonly profile?: string | undefined;
  readonly model: string | undefined;
  readonly 'permission-mode': string | undefined;
}

/** The agent that the options name, by itself or as that of a profile, else the one of the settings, else the first that is installed. */
export async function chooseAgent(context: Context, client: Client, options: AgentOptions): Promise<AgentChoice> {
  const { profile } = options;
  const kind =
    options.agent ??
    (profile === undefined ? undefined : await agentOfProfile(context, profile)) ??
    (await context.settings()).defaultAgent ??
    (await firstInstalled(context, client));
  const { model, 'permission-mode': permissionMode } = options;
  return { ...choiceBy({ kind, profile }), permissionMode, model };
}

async function agentOfProfile(context: Context, name: string): Promise<string> {
  const { profiles } = await context.settings();
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile) return profile.agent;
  const known = Object.keys(profiles);
  const which = known.length === 0 ? 'There are none yet' : `Known are ${known.join(', ')}`;
  throw new TuttiError('notFound', `Your settings have no profile "${name}". ${which}; they stand under profiles.`);
}

async function firstInstalled(context: Context, client: Client): Promise<string> {
  const offers = await client.request('agent/list', { env: clientEnvironment(context) });
  const found = offers.find(
    offer => offer.installed && !offer.isDemo && offer.kind !== 'shell' && offer.kind !== 'command',
  );
  if (found) return found.kind;
  throw new TuttiError(
    'notFound',
    'No agent program was found on your PATH. Install one, claude or codex for example, or add --agent demo to play with an agent that is no model.',
  );
}
