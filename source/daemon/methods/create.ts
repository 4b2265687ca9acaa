import * as z from 'zod';
import type { Agent } from '../../agents/agent.ts';
import { describeRepository } from '../../git/describe-repository.ts';
import { worktreePath } from '../../git/worktree-path.ts';
import type { NewSession, RepositoryView, SessionView } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { agentName } from '../../session/agent-name.ts';
import { forkedBy } from '../../session/conversations-of.ts';
import type { SessionFact } from '../../session/event.ts';
import type { AgentChoice, Session } from '../../session/session.ts';
import { checkTitle, titleOfPrompt } from '../../session/title.ts';
import { profileOf } from '../../store/profile-of.ts';
import { worktreesFolder } from '../../store/settings.ts';
import type { Settings } from '../../store/settings-defaults.ts';
import { sessionOf } from '../brain.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { freshId, freshUuid } from '../fresh-id.ts';
import { launchOf } from '../launch.ts';
import { sessionNamed } from './act.ts';
import { checkAdoptable, checkNotOpen } from './adoptable.ts';
import { choiceOf } from './agent-choice.ts';
import { lookForBranch } from './branch-choice.ts';
import { checkChild, checkPlace, childChoice } from './child.ts';
import { cleanPrompt } from './clean-prompt.ts';
import { columns, environment, grants, operation, path, rows, sessionName, text } from './params.ts';
import { environmentFor } from './rights.ts';
import { runRequest, runStarted } from './run.ts';

const branchName = z.string().min(1).max(250);

/** What a client leaves open does not travel in JSON; here it is undefined again. */
const agentChoice = z
  .object({
    kind: z.string().min(1).max(100),
    command: z.array(z.string()).min(1).optional(),
    permissionMode: z.string().optional(),
    model: z.string().optional(),
    extra: z.array(z.string()),
    profile: z.string().min(1).max(100).optional(),
  })
  .transform(({ kind, command, permissionMode, model, extra, profile }) => ({
    kind,
    command,
    permissionMode,
    model,
    extra,
    ...(profile === undefined ? {} : { profile }),
  }));

export const newSession = z.object({
  operation,
  path,
  title: z.string().max(2000),
  agent: agentChoice,
  branch: branchName.exactOptional(),
  existingBranch: branchName.exactOptional(),
  base: z.string().min(1).max(250).exactOptional(),
  prompt: text.exactOptional(),
  adopt: z.string().min(1).max(200).exactOptional(),
  adoptOpen: z.literal(true).exactOptional(),
  fork: sessionName.exactOptional(),
  run: runRequest.exactOptional(),
  grants: grants.exactOptional(),
  env: environment,
  columns: columns.exactOptional(),
  rows: rows.exactOptional(),
});

/** Answers as soon as the session is written down; what becomes of it is told as it happens. */
export async function createSession(daemon: Daemon, asked: NewSession, client: ClientLink): Promise<SessionView> {
  const parent = client.session === undefined ? undefined : sessionOf(daemon.brain, client.session);
  if (parent) checkChild(parent, asked);
  const wanted = { ...asked, env: await environmentFor(daemon, client, asked.env) };
  const done = daemon.brain.ledger.findOperation(wanted.operation);
  if (done) return again(daemon, done.session, wanted);
  return daemon.once(`create:${wanted.operation}`, () => create(daemon, wanted, parent));
}

/** Asked for before a crash: the start may have waited for this environment. */
function again(daemon: Daemon, id: string, wanted: NewSession): SessionView {
  const session = daemon.brain.ledger.session(id);
  if (!session) throw new TuttiError('notFound', `The session ${id} is gone.`);
  giveSeat(daemon, id, wanted);
  daemon.loop.awake(id);
  return daemon.view(session);
}

async function create(daemon: Daemon, wanted: NewSession, parent: Session | undefined): Promise<SessionView> {
  const { brain, loop } = daemon;
  const { system } = brain;
  const repository = await usableRepository(daemon, wanted.path);
  if (parent) checkPlace(parent, repository.repository);
  const settings = await brain.settings();
  const { agent, choice: chosen } = choiceOf(settings, wanted);
  const choice = parent ? childChoice(parent, chosen) : chosen;
  if (wanted.run && agent.cannot.letGo) {
    throw new TuttiError('notSupported', `A session with ${agent.name} can't be let go, as ${agent.cannot.letGo}.`);
  }
  const prompt = wanted.prompt === undefined ? undefined : cleanPrompt(wanted.prompt);
  const title = titleOf(wanted, wanted.run?.goal ?? prompt);
  const id = freshId(system);
  const chooseBranch = await lookForBranch(daemon, {
    wanted,
    repository,
    title: title.title,
    prefix: settings.branchPrefix ?? `${system.user}/`,
  });
  const way = agent.cannot.firstPrompt ? 'typed' : 'argv';
  const first: readonly SessionFact[] = wanted.run
    ? [await runStarted(daemon, wanted.run, way)]
    : prompt === undefined
      ? []
      : [
          {
            type: 'promptQueued',
            prompt: freshId(system),
            text: prompt,
            by: parent ? 'session' : 'person',
            way,
            ...(parent ? { asker: parent.id } : {}),
          },
        ];
  // A copy leaves the other one to whoever has it open.
  if (wanted.adopt !== undefined && !wanted.adoptOpen && !agent.adoptsCopy)
    await checkNotOpen(daemon, {
      agent,
      conversation: wanted.adopt,
      env: wanted.env,
      gitDir: repository.repository.gitDir,
    });
  // From here on at one go: a session that is made at the same time chooses before this one, or sees what it has chosen.
  const place = chooseBranch();
  if (wanted.adopt !== undefined) checkAdoptable(daemon, agent, wanted.adopt);
  const forks = wanted.fork === undefined ? undefined : forkOf(daemon, { agent, choice }, wanted.fork);
  const begun = beginning({ agent, forks, adopt: wanted.adopt, fresh: freshUuid(system) });
  const { gitDir, root, name } = repository.repository;
  const created: SessionFact & { type: 'sessionCreated' } = {
    type: 'sessionCreated',
    ...title,
    repository: { gitDir, root, name },
    ...place,
    agent: choice,
    ...begun,
    worktree: worktreePath({
      worktrees: worktreesFolder(settings, brain.paths, system.home),
      repository: repository.repository,
      branch: place.branch,
      id,
    }),
    envNames: Object.keys(wanted.env).sort(),
    ...(parent ? { parent: parent.id } : {}),
    ...(wanted.grants === undefined ? {} : { grants: wanted.grants }),
  };
  checkProgram(daemon, wanted, { created, settings });
  giveSeat(daemon, id, wanted);
  const session = loop.happen(id, [created, ...first], wanted.operation);
  if (!session) throw new Error(`session ${id} was not written down`);
  return daemon.view(session);
}

async function usableRepository(daemon: Daemon, at: string): Promise<RepositoryView> {
  const view = await describeRepository(daemon.brain.git, at);
  if (view.refused) throw new TuttiError('notSupported', view.refused);
  if (view.empty) {
    throw new TuttiError(
      'conflict',
      `${view.repository.name} has no commit yet, and a session needs one to start from: make the first commit, then try again.`,
    );
  }
  return view;
}

function titleOf(wanted: NewSession, prompt: string | undefined): { title: string; titleBy: 'user' | 'prompt' } {
  if (wanted.title.trim() === '' && prompt !== undefined) return { title: titleOfPrompt(prompt), titleBy: 'prompt' };
  const checked = checkTitle(wanted.title);
  if ('problem' in checked) throw new TuttiError('usage', checked.problem);
  return { title: checked.title, titleBy: 'user' };
}

/** The conversation of a session that another one of the same agent can begin with. */
function forkOf(
  daemon: Daemon,
  { agent, choice }: { readonly agent: Agent; readonly choice: AgentChoice },
  name: string,
): string {
  const origin = sessionNamed(daemon, name, { gone: true });
  const { title, agent: own, conversation, conversationBegun } = origin;
  const cannot = agent.fork ? undefined : `${agent.name} forks no conversation that tutti can go on with`;
  if (cannot) throw new TuttiError('notSupported', `The conversation of "${title}" can't be forked: ${cannot}.`);
  if (own.kind !== agent.kind)
    throw new TuttiError('usage', `The conversation of "${title}" is one of ${own.kind}: only that can fork it.`);
  if (own.profile !== choice.profile)
    throw new TuttiError(
      'usage',
      `The conversation of "${title}" is kept by ${agentName(own)}, and can't be forked by ${agentName(choice)}: that has a folder of its own.`,
    );
  // Nothing was said in it yet but what the one says that it is a fork of.
  const forks = conversationBegun ? conversation : forkedBy(origin);
  if (forks === undefined)
    throw new TuttiError('conflict', `The conversation of "${title}" can't be forked: no turn has begun in it yet.`);
  return forks;
}

/** With which conversation it begins: an empty one, one that began elsewhere, or a fork of one. */
function beginning({
  agent,
  forks,
  adopt,
  fresh,
}: {
  readonly agent: Agent;
  readonly forks: string | undefined;
  readonly adopt: string | undefined;
  readonly fresh: string;
}): Pick<Extract<SessionFact, { type: 'sessionCreated' }>, 'conversation' | 'adopted' | 'forks'> {
  if (adopt !== undefined && !agent.adoptsCopy) return { conversation: adopt, adopted: true };
  const other = adopt ?? forks;
  return { conversation: fresh, ...(other === undefined ? {} : { forks: other }) };
}

/** A program that is missing is said before anything is made. */
function checkProgram(
  daemon: Daemon,
  { env }: NewSession,
  { created, settings }: { readonly created: SessionFact & { type: 'sessionCreated' }; readonly settings: Settings },
): void {
  const { agent, conversation, worktree, forks } = created;
  launchOf({
    session: { agent, conversation, worktree, forks },
    resume: false,
    prompt: undefined,
    env,
    set: profileOf(settings, agent, env.HOME ?? daemon.brain.system.home).environment,
    runtime: daemon.brain.runtime,
  });
}

function giveSeat(daemon: Daemon, id: string, { env, columns: width, rows: height }: NewSession): void {
  daemon.brain.environments.give(id, { env, columns: width, rows: height });
}
