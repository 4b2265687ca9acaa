import type { CheckedFiles, Run, RunStage, StopReason } from '../pipeline/run.ts';
import type { SessionEvent } from './event.ts';
import { illegalFor } from './illegal-event.ts';
import type { Session } from './session.ts';

type Part = Partial<Pick<Session, 'run' | 'mode'>>;

/** How an unattended run comes along. Each event is a step that `nextStep` decided or a verdict of the user. */
export function reduceRun(session: Session, event: SessionEvent): Part {
  if (event.type === 'runStarted') return startRun(session, event);
  const { run } = session;
  if (!run) return {};
  const stage = (next: RunStage, more: Partial<Run> = {}): Part => ({ run: { ...run, ...more, stage: next } });
  switch (event.type) {
    case 'runPrompted':
      expect(session, event, isOneOf(run, 'checking', 'committing', 'ready', 'stopped', 'working', 'pushed'));
      return {
        mode: 'orchestrator',
        ...stage(
          { name: 'prompting', prompt: event.prompt },
          event.anew
            ? {
                attempt: 1,
                startedAt: event.at,
                heldMs: 0,
                held: undefined,
                // A verdict of before says nothing about what comes now, and `commit-1` would be taken for it.
                lastCheck: undefined,
                readyCommit: undefined,
              }
            : event.afterLimit
              ? withoutHold(run, event.at)
              : { attempt: run.attempt + 1 },
        ),
      };
    case 'turnBegun':
      return run.stage.name === 'prompting' && run.stage.prompt === event.prompt
        ? stage({ name: 'working', prompt: event.prompt, since: event.begunAt })
        : {};
    case 'checkRequested':
      expect(session, event, isOneOf(run, 'prompting', 'working', 'checking', 'committing', 'ready'));
      return stage(
        { name: 'checking', host: event.host, since: event.at, tree: event.tree, again: event.again },
        { checks: run.checks + 1 },
      );
    case 'checkFinished':
      expect(session, event, isOneOf(run, 'checking'));
      return { run: { ...run, lastCheck: event.result } };
    case 'commitRequested':
      expect(session, event, isOneOf(run, 'prompting', 'working', 'checking'));
      return stage({ name: 'committing', ...checkedFiles(run.stage) });
    case 'commitRefused':
      expect(session, event, isOneOf(run, 'committing'));
      return { run: { ...run, lastCheck: event.result } };
    case 'runReady':
      expect(session, event, isOneOf(run, 'committing', 'pushing', 'merging'));
      return stage({ name: 'ready', at: event.at }, { readyCommit: event.commit, held: undefined });
    case 'runStopped':
      return stage({ name: 'stopped', why: event.why, text: event.text, at: event.at }, { held: undefined });
    case 'runHeld':
      if (run.stage.name === 'stopped' && event.why === 'takenOver') return stage(takenBack(event.at));
      return isSettled(run) ? {} : { run: heldFor(run, event) };
    case 'runGoesOn':
      return run.held ? { run: { ...run, ...withoutHold(run, event.at) } } : {};
    case 'promptQueued':
      // The person goes on with it: its stop is no longer news.
      return event.by === 'person' && run.stage.name === 'stopped' ? stage(takenBack(event.at)) : {};
    case 'pushRequested':
      expect(session, event, isSettled(run));
      return isToBeReviewed(run) ? stage({ name: 'pushing', commit: event.commit }) : {};
    case 'pushed':
      return isOfRun(run, event.commit)
        ? stage({ name: 'pushed', commit: event.commit, remote: event.remote, at: event.at })
        : {};
    // What a kill or a pause has ended is not begun again by itself.
    case 'killRequested':
    case 'pauseRequested':
      return isOneOf(run, 'pushing', 'merging') ? stage({ name: 'ready', at: event.at }) : {};
    case 'mergeRequested':
      expect(session, event, isOneOf(run, 'ready', 'pushed'));
      return stage({ name: 'merging', commit: event.commit });
    case 'merged':
      return stage({ name: 'merged', commit: event.commit, into: event.into, at: event.at });
    case 'effectFailed':
      return afterFailure(run, event);
    default:
      return {};
  }
}

function checkedFiles(stage: RunStage): CheckedFiles {
  return stage.name === 'checking' ? { tree: stage.tree, again: stage.again } : {};
}

/** A person has taken a run that had stopped. */
function takenBack(at: number): RunStage {
  return { name: 'stopped', why: 'takenBack', text: 'you have it', at };
}

/** Nothing more happens by itself: a verdict of the user, or a new start, is next. */
export function isSettled(run: Run): boolean {
  return isOneOf(run, 'ready', 'merged', 'pushed', 'stopped');
}

/** What it made waits for a verdict: a push or a merge is a step of it. */
export function isToBeReviewed(run: Run): boolean {
  return isOneOf(run, 'ready', 'pushed');
}

/** A push may be done in the moment when it is given up. */
function isOfRun({ stage, readyCommit }: Run, commit: string): boolean {
  return stage.name === 'pushing' ? stage.commit === commit : stage.name === 'ready' && readyCommit === commit;
}

function withoutHold({ held, heldMs }: Run, now: number): Pick<Run, 'held' | 'heldMs'> {
  return { held: undefined, heldMs: heldMs + (held ? now - held.at : 0) };
}

/** One reason at a time; a person who takes it over while it waits for something else has it from then on. */
function heldFor(run: Run, { why, at, text, until, profile }: SessionEvent & { readonly type: 'runHeld' }): Run {
  const more = { ...(until === undefined ? {} : { until }), ...(profile === undefined ? {} : { profile }) };
  if (!run.held) return { ...run, held: { why, at, text, ...more } };
  if (why !== 'takenOver' || run.held.why === 'takenOver') return run;
  return { ...run, held: { why, at, text }, heldMs: run.heldMs + (at - run.held.at) };
}

function startRun(session: Session, event: SessionEvent & { readonly type: 'runStarted' }): Part {
  if (session.run && !isSettled(session.run)) throw illegalFor(session, event, 'it is let go already');
  return {
    mode: 'orchestrator',
    run: {
      id: event.run,
      goal: event.goal,
      check: event.check,
      limits: event.limits,
      startedAt: event.at,
      stage: { name: 'prompting', prompt: event.prompt },
      attempt: 1,
      heldMs: 0,
      held: undefined,
      lastCheck: undefined,
      // Checks of an earlier run have taken these names.
      checks: session.run?.checks ?? 0,
      readyCommit: undefined,
    },
  };
}

/** A push or merge that failed leaves it ready; a check or commit that could not even be started stops the run. */
function afterFailure(run: Run, event: SessionEvent & { readonly type: 'effectFailed' }): Part {
  const type = event.effect.split(':')[0];
  if ((type === 'push' && run.stage.name === 'pushing') || (type === 'merge' && run.stage.name === 'merging')) {
    return { run: { ...run, stage: { name: 'ready', at: event.at } } };
  }
  // It can't go on by the other profile: what that needs is said, and the person decides.
  if (type === 'changeProfile' && run.held?.profile !== undefined) {
    return { run: { ...run, held: undefined, stage: stoppedBy('agentFailed', event) } };
  }
  if (
    (type === 'startCheck' && run.stage.name === 'checking') ||
    (type === 'commitRun' && run.stage.name === 'committing')
  ) {
    return { run: { ...run, stage: stoppedBy('checkFailed', event) } };
  }
  return {};
}

function stoppedBy(why: StopReason, event: SessionEvent & { readonly type: 'effectFailed' }): RunStage {
  return { name: 'stopped', why, text: event.why, at: event.at };
}

function isOneOf(run: Run, ...names: readonly RunStage['name'][]): boolean {
  return names.includes(run.stage.name);
}

function expect(session: Session, event: SessionEvent, legal: boolean): void {
  if (!legal) throw illegalFor(session, event, `its run is ${session.run?.stage.name}`);
}
