import { join } from 'node:path';
import { agentOf } from '../../agents/index.ts';
import { startHost } from '../../client/start-host.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { forkedBy } from '../../session/conversations-of.ts';
import type { Effect } from '../../session/effect.ts';
import type { SessionFact } from '../../session/event.ts';
import type { Session } from '../../session/session.ts';
import { describedIn } from '../../store/described-in.ts';
import { profileOf } from '../../store/profile-of.ts';
import { writeAtomic } from '../../system/atomic-write.ts';
import { readBundle } from '../../system/bundle.ts';
import { freePort } from '../../system/free-port.ts';
import { killPoint } from '../../system/kill-point.ts';
import { makeDirectory } from '../../system/make-directory.ts';
import { agentFolder, hostBundle } from '../../system/paths.ts';
import { isRunning } from '../../system/process-identity.ts';
import { type Brain, sessionOf } from '../brain.ts';
import { buryHost, discardHost } from '../bury.ts';
import { copiedRecord } from '../copied-record.ts';
import { hostEnvironment } from '../daemon-environment.ts';
import { exitFacts } from '../exit-facts.ts';
import { type FoundHost, findHost } from '../find-host.ts';
import { type HostPlan, hostParams, reportProgram } from '../host-params.ts';
import { launchOf, takesPrompt } from '../launch.ts';
import { lostBy } from '../lost-by.ts';
import { madeConversation, makeConversation } from '../made-conversation.ts';
import { NO_ENVIRONMENT, type Outcome } from './outcome.ts';

type StartHost = Effect & { type: 'startHost' };
type HostStartedFact = SessionFact & { type: 'hostStarted' };

export async function runStartHost(brain: Brain, effect: StartHost): Promise<Outcome> {
  const session = sessionOf(brain, effect.session);
  const found = await findHost(brain, session.id, effect.name);
  switch (found.state) {
    case 'running':
    case 'exited':
    case 'lost':
      return { facts: factsOf(brain, session, effect, found) };
    case 'mute':
      throw new TuttiError(
        'unavailable',
        `The host ${effect.name} of "${session.title}" does not answer: ${found.why}`,
      );
    case 'halfMade':
      discardHost(brain, session.id, effect.name);
      return start(brain, session, effect);
    case 'absent':
      return start(brain, session, effect);
    default:
      return found satisfies never;
  }
}

/** By what the settings say of the program and of the session's profile now: what the user has written since counts from here on. */
async function start(brain: Brain, as: Session, effect: StartHost): Promise<Outcome> {
  const settings = await brain.settings();
  const described = describedIn(settings, as.agent.kind);
  const seat = brain.environments.seatOf(as.id);
  if (!seat) return { later: NO_ENVIRONMENT };
  const profile = profileOf(settings, as.agent, seat.env.HOME ?? brain.system.home);
  const extra = [...profile.args, ...as.agent.extra];
  const session: Session = { ...as, agent: { ...as.agent, described, extra } };
  const folder = agentFolder(brain.paths, session.id);
  const { hasServer = false } = agentOf(session.agent.kind);
  const server = hasServer
    ? { port: await freePort(), password: Buffer.from(brain.system.random(24)).toString('hex') }
    : undefined;
  const wanted = {
    session,
    resume: effect.resume,
    prompt: effect.prompt?.text,
    env: seat.env,
    set: profile.environment,
    runtime: brain.runtime,
    server,
    copies: effect.resume ? undefined : await copiedRecord(brain, session, { ...seat.env, ...profile.environment }),
    report: reportProgram(hostBundle(brain.paths, session.id, effect.name)),
    folder,
    mark: brain.mark(session.id, effect.name),
  };
  const first = launchOf(wanted);
  const { makes } = first.launch;
  const made = makes && (await makeConversation(brain, session, { makes, env: first.env }));
  const { launch, env, agent } =
    made === undefined ? first : launchOf({ ...wanted, session: { ...session, conversation: made }, resume: true });
  if (launch.files) layFiles(folder, launch.files);
  const launched = await launchHost(brain, {
    session: session.id,
    name: effect.name,
    role: 'agent',
    argv: launch.argv,
    cwd: session.worktree,
    env,
    columns: seat.columns,
    rows: seat.rows,
    shell: agent.kind === 'shell',
    rules: agent.rules,
    hasHooks: agent.hasHooks ?? false,
    hookFiles: launch.hookFiles,
    server: launch.server,
    facts: agent.facts,
  });
  const records = agent.records?.folder(env);
  const started = { described, ...(records === undefined ? {} : { records }) };
  return { facts: factsOf(brain, session, effect, launched, started) };
}

/** What an adapter wants to lie there before the program starts; a restart lays it anew. */
function layFiles(folder: string, files: Readonly<Record<string, string>>): void {
  makeDirectory(folder, 0o700);
  for (const [name, content] of Object.entries(files)) writeAtomic(join(folder, name), content);
}

/** It was started, and may have come to its end before anybody was connected to it: then nobody else tells of that. */
function factsOf(
  brain: Brain,
  session: Session,
  effect: StartHost,
  host: LaunchedHost,
  /** What only the one who started it knows. */
  started: Pick<HostStartedFact, 'records' | 'described'> = {},
): readonly SessionFact[] {
  const { record } = host;
  const conversation = (effect.resume ? undefined : madeConversation(brain, session)) ?? session.conversation;
  // A copy that was made before has turns from the first on.
  const isCopy = forkedBy(session) !== undefined && agentOf(session.agent.kind).adoptsCopy === 'before';
  const begun = session.conversationBegun || isCopy;
  const named: readonly SessionFact[] =
    conversation === session.conversation && begun === session.conversationBegun
      ? []
      : [{ type: 'conversationReported', conversation, begun }];
  const fact: HostStartedFact = {
    type: 'hostStarted',
    name: effect.name,
    hostPid: record.hostPid,
    programPid: record.programPid,
    startedAt: record.startedAt,
    promptGiven: takesPrompt({ session, resume: effect.resume, prompt: effect.prompt?.text }),
    ...started,
  };
  switch (host.state) {
    case 'running':
    case 'mute':
      return [...named, fact];
    case 'exited':
      return [
        ...named,
        fact,
        ...exitFacts(
          { ...session, conversation, conversationBegun: begun },
          { name: effect.name, exit: host.exit },
          brain.system,
        ),
      ];
    case 'lost':
      return [...named, fact, { type: 'hostLost', name: effect.name, cause: lostBy(brain, record) }];
    default:
      return host satisfies never;
  }
}

/** Logs of so many earlier hosts of a role stay; each may have 16 MB. */
const KEPT_HOSTS = 2;

function pruneHosts(brain: Brain, { session, name }: Pick<HostPlan, 'session' | 'name'>): void {
  const [role = '', number = '0'] = name.split('-');
  const old = Number(number) - 1 - KEPT_HOSTS;
  if (old > 0 && !brain.hosts.find(session, `${role}-${old}`)) discardHost(brain, session, `${role}-${old}`);
}

/** One whose record stands in its bundle. */
type LaunchedHost = Exclude<FoundHost, { readonly state: 'absent' | 'halfMade' }>;

/** Starts a host and connects to it, unless it has come to its end by then. */
export async function launchHost(brain: Brain, plan: HostPlan): Promise<LaunchedHost> {
  const { runtime, system } = brain;
  pruneHosts(brain, plan);
  const params = await hostParams(brain, plan);
  killPoint(`daemon:launchHost:${plan.role}:made`);
  const line = await startHost(params, {
    node: runtime.node,
    script: runtime.host,
    env: hostEnvironment(system.env),
  }).catch(error => {
    buryDead(brain, plan, params.bundle);
    throw error;
  });
  killPoint(`daemon:launchHost:${plan.role}:started`);
  if (!line.ok && line.reason !== 'claimed') {
    discardHost(brain, plan.session, plan.name);
    throw new TuttiError('failed', line.message);
  }
  const found = await findHost(brain, plan.session, plan.name);
  if (found.state === 'absent' || found.state === 'halfMade') {
    buryDead(brain, plan, params.bundle);
    throw new TuttiError(
      'failed',
      `The host ${plan.name} went away right after its start; see ${params.bundle}/host.log.`,
    );
  }
  return found;
}

/** It died before it said how it stands: its log is kept to be read, its socket is of no use. One that is slow keeps both. */
function buryDead(brain: Brain, { session, name }: HostPlan, bundle: string): void {
  const { claim } = readBundle(bundle);
  if (!claim || !isRunning(brain.processes, claim)) buryHost(brain, session, name);
}
