import { commitHost } from '../pipeline/commit-host.ts';
import type { Prompt, Sender } from './prompt.ts';
import { openPrompt } from './reduce-outbox.ts';
import type { Session } from './session.ts';

/**
 * What is to be done in the world, imperative, as plain data. Effects are derived from the STATE of a session, not from a
 * transition: recovery after SIGKILL is then nothing but loading the states, asking again and looking in the world before doing;
 * there is no queue of effects that could be lost or disagree. The key is stable, so the same effect is never under way twice.
 */
export type Effect = { readonly key: string; readonly session: string } & (
  | {
      readonly type: 'addWorktree';
      readonly gitDir: string;
      readonly path: string;
      readonly branch: string;
      /** The commit a new branch starts from; undefined: the branch exists. */
      readonly create: string | undefined;
    }
  | {
      readonly type: 'removeWorktree';
      readonly gitDir: string;
      readonly path: string;
    }
  | {
      readonly type: 'startHost';
      readonly name: string;
      readonly resume: boolean;
      /** A prompt that waits to go with the arguments, if the agent takes one there. */
      readonly prompt: { readonly id: string; readonly text: string } | undefined;
    }
  /** Every host of the session: agent, shell and checks. */
  | { readonly type: 'endHosts' }
  | { readonly type: 'writeSnapshot'; readonly ref: string }
  | { readonly type: 'storeWorktree'; readonly gitDir: string; readonly from: string; readonly to: string }
  | {
      readonly type: 'restoreWorktree';
      readonly gitDir: string;
      readonly from: string;
      readonly to: string;
      readonly branch: string;
      readonly onto: 'branch' | 'own';
      readonly tip: string | undefined;
      readonly commit: string | undefined;
    }
  | {
      readonly type: 'deliverPrompt';
      readonly prompt: string;
      readonly operation: string;
      readonly text: string;
      readonly by: Sender;
    }
  /** Ends the agent and brings its conversation into the folder of the profile. */
  | { readonly type: 'changeProfile'; readonly profile: string }
  | { readonly type: 'startCheck'; readonly name: string; readonly command: string }
  /** Commits all of the worktree; found again by the trailer `Tutti-Step: <step>`. */
  | { readonly type: 'commitRun'; readonly step: string; readonly message: string }
  /** The same for a person, whose message stays as it is: found again as the one commit on top of `tip`. */
  | { readonly type: 'commitAll'; readonly message: string; readonly tip: string }
  | { readonly type: 'push'; readonly commit: string }
  | { readonly type: 'merge'; readonly commit: string }
);

export type EffectType = Effect['type'];

/** What effects depend on beside the session itself. */
export interface EffectFacts {
  /** The agent takes a prompt now: it is idle, or queues while busy, and asks nothing. */
  readonly mayPrompt: boolean;
  /** A person has the keys of its pane. */
  readonly personHolds: boolean;
  /** The host's newest event. */
  readonly hostEvent: number;
  /** Where a stored worktree goes: `<trash>/<id>`. */
  readonly storeFolder: string;
}

/** Everything that this session wants done in the world now. In a final life: nothing. */
export function effectsOf(session: Session, facts: EffectFacts): readonly Effect[] {
  const { id, life } = session;
  switch (life.name) {
    case 'creating':
      return life.step === 'worktree' ? [addWorktree(session)] : startHost(session);
    case 'discarding':
      return [removeWorktree(session)];
    case 'killing':
    case 'pausing':
      switch (life.step) {
        case 'endHost':
          return [{ type: 'endHosts', key: `endHosts:${id}`, session: id }];
        case 'snapshot':
          return [
            {
              type: 'writeSnapshot',
              key: `writeSnapshot:${id}:${session.lifeAt}`,
              session: id,
              ref: snapshotRef(session),
            },
          ];
        case 'store':
          return [
            {
              type: 'storeWorktree',
              key: `storeWorktree:${id}`,
              session: id,
              gitDir: session.repository.gitDir,
              from: session.worktree,
              to: facts.storeFolder,
            },
          ];
        default:
          return life satisfies never;
      }
    case 'resuming':
    case 'undoing':
      return life.step === 'restore' ? [restoreWorktree(session, life.onto)] : startHost(session);
    case 'live':
      return [
        ...startHost(session),
        ...deliverPrompt(session, facts),
        ...changeProfile(session),
        ...runEffects(session),
        ...commitAll(session),
        ...(session.pushing ? [push(session, session.pushing.commit)] : []),
      ];
    case 'paused':
    case 'killed':
    case 'discarded':
      return [];
    default:
      return life satisfies never;
  }
}

/** `refs/tutti/<session>/<time>`: each kill and pause keeps its own snapshot. */
function snapshotRef(session: Session): string {
  return `refs/tutti/${session.id}/${session.lifeAt}`;
}

function addWorktree(session: Session): Effect {
  return {
    type: 'addWorktree',
    key: `addWorktree:${session.id}`,
    session: session.id,
    gitDir: session.repository.gitDir,
    path: session.worktree,
    branch: session.branch,
    create: session.branchCreated ? session.base.commit : undefined,
  };
}

function removeWorktree(session: Session): Effect {
  return {
    type: 'removeWorktree',
    key: `removeWorktree:${session.id}`,
    session: session.id,
    gitDir: session.repository.gitDir,
    path: session.worktree,
  };
}

function startHost(session: Session): readonly Effect[] {
  if (session.host.state !== 'starting') return [];
  const first = session.outbox.find(prompt => prompt.state === 'queued' && prompt.way === 'argv');
  return [
    {
      type: 'startHost',
      key: `startHost:${session.id}:${session.host.name}`,
      session: session.id,
      name: session.host.name,
      resume: session.host.resume,
      prompt: first ? { id: first.id, text: first.text } : undefined,
    },
  ];
}

function restoreWorktree(session: Session, onto: 'branch' | 'own'): Effect {
  return {
    type: 'restoreWorktree',
    key: `restoreWorktree:${session.id}:${session.lifeAt}`,
    session: session.id,
    gitDir: session.repository.gitDir,
    from: session.kept?.folder ?? '',
    to: session.worktree,
    branch: session.branch,
    onto,
    tip: session.kept?.tip,
    commit: session.kept?.commit,
  };
}

/** One that was put off waits until something has happened in its pane. */
function deliverPrompt(session: Session, facts: EffectFacts): readonly Effect[] {
  if (session.host.state !== 'running' || !facts.mayPrompt) return [];
  const open = openPrompt(session, facts);
  if (open?.state !== 'queued') return [];
  if (open.putOffAt !== undefined && facts.hostEvent <= open.putOffAt) return [];
  return [
    {
      type: 'deliverPrompt',
      key: deliveryKey(session.host.name, open),
      session: session.id,
      prompt: open.id,
      operation: operationOf(open),
      text: open.text,
      by: open.by,
    },
  ];
}

/** A delivery's name at the host, a new one for each attempt: a refusal is remembered there too. */
export function operationOf({ id, attempts }: Pick<Prompt, 'id' | 'attempts'>): string {
  return `${id}/${attempts}`;
}

/** Key of the effect that delivers a prompt. What waits for a host that has gone does not hold up the next one. */
export function deliveryKey(host: string, prompt: Pick<Prompt, 'id' | 'attempts'>): string {
  return `deliverPrompt:${host}:${operationOf(prompt)}`;
}

/** The same delivery, to whichever host it was meant. */
export function isDeliveryOf(key: string, prompt: Pick<Prompt, 'id' | 'attempts'>): boolean {
  return key.startsWith('deliverPrompt:') && key.endsWith(`:${operationOf(prompt)}`);
}

function changeProfile({ id, run, host }: Session): readonly Effect[] {
  const { profile, at } = run?.held ?? {};
  if (profile === undefined || host.state === 'starting') return [];
  return [{ type: 'changeProfile', key: `changeProfile:${id}:${at}`, session: id, profile }];
}

function commitAll({ id, committing }: Session): readonly Effect[] {
  if (!committing) return [];
  const { message, tip, at } = committing;
  return [{ type: 'commitAll', key: `commitAll:${id}:${at}`, session: id, message, tip }];
}

function push({ id }: Session, commit: string): Effect {
  return { type: 'push', key: `push:${id}:${commit}`, session: id, commit };
}

function runEffects(session: Session): readonly Effect[] {
  const run = session.run;
  if (!run) return [];
  const { stage } = run;
  // A verdict that is there already is not asked for again, also while a person holds the run.
  const asked = run.lastCheck?.host;
  const common = { session: session.id };
  switch (stage.name) {
    case 'checking':
      return run.check === undefined || asked === stage.host
        ? []
        : [
            {
              ...common,
              type: 'startCheck',
              key: `startCheck:${session.id}:${stage.host}`,
              name: stage.host,
              command: run.check,
            },
          ];
    case 'committing': {
      // Its hooks are work of the run: who takes it over halts them, and they begin anew when it is given back,
      // after what the person commits meanwhile.
      if (asked === commitHost(run.attempt) || run.held?.why === 'takenOver' || session.committing) return [];
      // Sent back by a person, a run counts its attempts anew: its start tells the rounds apart.
      const step = `${run.id}/${run.startedAt.toString(36)}/${run.attempt}`;
      return [{ ...common, type: 'commitRun', key: `commitRun:${step}`, step, message: session.title }];
    }
    case 'pushing':
      return [push(session, stage.commit)];
    case 'merging':
      return [{ ...common, type: 'merge', key: `merge:${run.id}:${stage.commit}`, commit: stage.commit }];
    case 'prompting':
    case 'working':
    case 'ready':
    case 'merged':
    case 'pushed':
    case 'stopped':
      return [];
    default:
      return stage satisfies never;
  }
}
