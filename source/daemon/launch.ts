import type { Agent, Launch, StartOptions } from '../agents/agent.ts';
import { agentFor } from '../agents/described.ts';
import { childEnvironment } from '../agents/environment.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { forkedBy } from '../session/conversations-of.ts';
import type { Session } from '../session/session.ts';
import type { Runtime } from '../system/runtime.ts';
import { findProgram } from './find-program.ts';

export interface AgentLaunch {
  readonly launch: Launch;
  readonly env: Readonly<Record<string, string>>;
  readonly agent: Agent;
}

/** What the agent's host has to start: a pure question to the adapter, once the program is found on the client's PATH. */
export function launchOf(
  options: Started & {
    readonly env: Readonly<Record<string, string>>;
    readonly runtime: Runtime;
    /** Of the profile: over that of the client, where its program is looked for as well. */
    readonly set?: Readonly<Record<string, string>>;
    /** Tells whose a `tutti` is that the agent starts. */
    readonly mark?: Readonly<Record<string, string>>;
  },
): AgentLaunch {
  const { session } = options;
  const env = { ...options.env, ...options.set };
  const agent = agentFor(session.agent);
  const command = commandOf(session, agent, { ...options, env });
  const program = command ? '' : programOf(agent, env);
  const launch = launchBy(agent, { ...options, program, command });
  return {
    launch,
    agent,
    env: childEnvironment({
      client: env,
      unset: agent.unset,
      set: { ...options.set, ...launch.env, ...options.mark },
    }),
  };
}

/** Does the prompt go with the arguments? Adapters change it on the way, so it can't be looked for there. */
export function takesPrompt(options: Started): boolean {
  const agent = agentFor(options.session.agent);
  return options.prompt !== undefined && launchBy(agent, { ...options, program: '', command: undefined }).promptGiven;
}

/** `report`, `server`, `folder`, `copies`: what was made or found for this start; whoever only asks about one has none. */
interface Started extends Pick<StartOptions, 'report' | 'server' | 'folder' | 'copies'> {
  readonly session: Pick<Session, 'agent' | 'conversation' | 'worktree' | 'forks' | 'forksLost'>;
  readonly resume: boolean;
  readonly prompt: string | undefined;
}

function launchBy(
  agent: Agent,
  options: Started & {
    readonly program: string;
    readonly command: readonly string[] | undefined;
  },
): Launch {
  const { session, resume, prompt, program, command, report, folder, server, copies } = options;
  const { permissionMode, model, extra } = session.agent;
  const { conversation, worktree: cwd } = session;
  const start = {
    program,
    command,
    permissionMode,
    model,
    extra,
    prompt,
    uuid: conversation,
    cwd,
    report,
    folder,
    server,
    copies,
  };
  const forks = forkedBy(session);
  if (!resume && forks !== undefined && agent.fork) return agent.fork({ ...start, conversation: forks });
  // An adapter that cannot learn the id may still resume one that a person has; ours it would not know.
  return resume && agent.resume && !agent.cannot.resume ? agent.resume({ ...start, conversation }) : agent.start(start);
}

/** The user's own command line; for the demo agent the script of this package. */
function commandOf(
  session: Pick<Session, 'agent'>,
  agent: Agent,
  { env, runtime }: { readonly env: Readonly<Record<string, string>>; readonly runtime: Runtime },
): readonly string[] | undefined {
  const { command } = session.agent;
  if (!command) return agent.isDemo ? [runtime.node, runtime.demoAgent] : undefined;
  const [program = '', ...args] = command;
  return [find(program, env), ...args];
}

function programOf(agent: Agent, env: Readonly<Record<string, string>>): string {
  const { program, programVariable, install } = agent.detect;
  const named = programVariable ? env[programVariable] : undefined;
  return find(named || (program ?? agent.kind), env, install);
}

function find(program: string, env: Readonly<Record<string, string>>, install?: string): string {
  const found = findProgram(program, env);
  if (found) return found;
  const how = install ? ` Get it with: ${install}.` : ' Install it, or name its path in the settings.';
  throw new TuttiError('notFound', `The program ${program} is not on the PATH.${how}`);
}
