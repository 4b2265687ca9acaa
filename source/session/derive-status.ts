import type { Run, RunStage } from '../pipeline/run.ts';
import type { Activity } from './activity.ts';
import type { Prompt } from './prompt.ts';
import { WAITS_FOR } from './reduce-outbox.ts';
import type { Session } from './session.ts';
import type { Status } from './status.ts';

/** What people see of a session: its status, since when, and one line that says why. */
export interface Derived {
  readonly status: Status;
  readonly since: number;
  readonly line: string;
}

/** Does a person have the keys of its pane. */
interface Keys {
  readonly personHolds: boolean;
}

const FREE: Keys = { personHolds: false };

/**
 * The one place where the three small facts (life and host, activity, stage of the run) become one status. What needs a person
 * comes first: a question, then a failure, then an undelivered prompt, then what it does.
 */
export function deriveStatus(session: Session, activity: Activity, keys: Keys = FREE): Derived {
  const { life, lifeAt } = session;
  switch (life.name) {
    case 'creating':
      return {
        status: 'preparing',
        since: lifeAt,
        line: life.step === 'worktree' ? 'making its worktree' : `starting ${session.agent.kind}`,
      };
    case 'resuming':
    case 'undoing':
      return {
        status: 'preparing',
        since: lifeAt,
        line: life.step === 'restore' ? 'bringing its worktree back' : `starting ${session.agent.kind}`,
      };
    case 'pausing':
      return { status: 'preparing', since: lifeAt, line: 'pausing: its work is put aside' };
    case 'killing':
      return { status: 'preparing', since: lifeAt, line: 'ending: its work is put aside' };
    case 'discarding':
    case 'discarded':
      return { status: 'failed', since: lifeAt, line: session.trouble?.what ?? 'could not be made' };
    case 'killed':
      return { status: 'archived', since: lifeAt, line: 'killed; u brings it back' };
    case 'paused':
      return { status: 'paused', since: lifeAt, line: session.trouble?.what ?? '' };
    case 'live':
      return ofLive(session, activity, keys);
    default:
      return life satisfies never;
  }
}

function ofLive(session: Session, activity: Activity, keys: Keys): Derived {
  const { host, run, trouble } = session;
  const up = host.state === 'running';
  if (up && activity.state === 'waiting') {
    return { status: 'needsYou', since: activity.since, line: activity.text ?? 'it asks something: look at its pane' };
  }
  const stopped = run?.stage.name === 'stopped' ? ofStopped(run.stage, session, activity) : undefined;
  if (stopped) return stopped;
  // A verdict that could not be carried out stays said until there is another one: a look at it is no answer.
  const isOpen = run?.stage.name === 'ready' && trouble !== undefined && trouble.at >= run.stage.at;
  if (trouble && (isOpen || !isSeen(session, trouble.at)))
    return { status: 'failed', since: trouble.at, line: trouble.what };
  if (run?.held?.why === 'limit' && (up || run.held.profile !== undefined))
    return { status: 'queued', since: run.held.at, line: run.held.text };
  const down = ofHostDown(session);
  if (down) return down;
  const undelivered = undeliveredPrompt(session);
  if (undelivered)
    return {
      status: 'needsYou',
      since: undelivered.stateAt,
      line: `prompt not delivered: ${undelivered.why ?? 'nobody knows why'}`,
    };
  if (host.state === 'starting')
    return { status: 'preparing', since: session.lifeAt, line: `starting ${session.agent.kind}` };
  const staged = run && !run.held ? ofRun(session, run, activity) : undefined;
  return staged ?? ofActivity(session, activity, keys);
}

/** A run that came to nothing stays so until a person does something about it; a look at it is no such thing. */
function ofStopped(
  stage: Extract<RunStage, { name: 'stopped' }>,
  { host }: Session,
  activity: Activity,
): Derived | undefined {
  if (stage.why === 'takenBack' || (activity.state === 'busy' && activity.since > stage.at)) return undefined;
  const status = stage.why === 'time' || stage.why === 'noChange' ? 'stalled' : 'failed';
  if (stage.why !== 'agentExited') return { status, since: stage.at, line: stage.text };
  // An agent that is there again has not gone on with it: what it is told is the person's choice.
  if (host.state === 'starting') return undefined;
  const line = host.state === 'running' ? RUNS_AGAIN : `${stage.text.replace(/\.$/, '')}. ${STARTS_AGAIN}`;
  return { status, since: stage.at, line };
}

const RUNS_AGAIN = 'runs again: s send back, l let go';
const STARTS_AGAIN = 'R starts it again.';

/** The agent's program has ended. A run that is over keeps its verdict: the agent is not needed for it. */
function ofHostDown(session: Session): Derived | undefined {
  const { host, end, run } = session;
  if (host.state !== 'exited' && host.state !== 'lost') return undefined;
  if (run) {
    const verdict = ofVerdict(run);
    if (verdict) return verdict;
    if (run.stage.name === 'checking' || run.stage.name === 'committing') return undefined;
  }
  const line = end?.text ?? 'its program ended';
  const refused = end?.cause === 'exit' && (end.code ?? 0) !== 0;
  const bad = host.state === 'lost' || end?.cause === 'crash' || end?.cause === 'start' || refused;
  return {
    status: bad && !isSeen(session, host.at) ? 'failed' : 'exited',
    since: host.at,
    line: bad ? `${line} ${STARTS_AGAIN}` : line,
  };
}

function ofRun(session: Session, run: Run, activity: Activity): Derived | undefined {
  switch (run.stage.name) {
    case 'prompting':
      return ofItsPrompt(session, run, run.stage.prompt, activity);
    case 'working':
      return activity.state === 'busy'
        ? undefined
        : { status: 'working', since: run.stage.since, line: activity.text ?? '' };
    case 'checking':
      return { status: 'checking', since: run.stage.since, line: `running ${run.check ?? 'the check'}` };
    case 'committing':
      return { status: 'checking', since: run.lastCheck?.endedAt ?? run.startedAt, line: 'committing' };
    default:
      // Somebody goes on with what is ready, pushed or merged: that is what it does now.
      return activity.state === 'busy' && 'at' in run.stage && activity.since > run.stage.at
        ? undefined
        : ofVerdict(run);
  }
}

/** Its own prompt is on its way; one that a person's draft holds up goes no further without the person. */
function ofItsPrompt({ outbox }: Session, run: Run, id: string, activity: Activity): Derived {
  const prompt = outbox.find(other => other.id === id);
  if (prompt?.state !== 'queued' || prompt.why === undefined)
    return { status: 'working', since: run.startedAt, line: activity.text ?? 'its prompt is under way' };
  const line = `its prompt waits: ${prompt.why}`;
  return { status: prompt.why === WAITS_FOR.draft ? 'needsYou' : 'working', since: prompt.stateAt, line };
}

/** What a run came to and a person has to judge, or has judged. */
function ofVerdict(run: Run): Derived | undefined {
  switch (run.stage.name) {
    case 'ready':
      return {
        status: 'ready',
        since: run.stage.at,
        line: run.check === undefined ? 'committed' : `committed, ${run.check} passed`,
      };
    case 'pushing':
      return { status: 'merging', since: run.startedAt, line: 'pushing its branch' };
    case 'pushed':
      return { status: 'ready', since: run.stage.at, line: `pushed to ${run.stage.remote}` };
    case 'merging':
      return { status: 'merging', since: run.startedAt, line: 'merging its branch' };
    case 'merged':
      return { status: 'merged', since: run.stage.at, line: `merged into ${run.stage.into}` };
    default:
      return undefined;
  }
}

function ofActivity(session: Session, activity: Activity, keys: Keys): Derived {
  const line =
    (activity.state === 'busy' ? undefined : waitsForKeys(session, keys)) ??
    activity.text ??
    waitingPrompt(session) ??
    '';
  switch (activity.state) {
    case 'busy':
      return { status: 'working', since: activity.since, line };
    case 'waiting':
      return { status: 'needsYou', since: activity.since, line };
    case 'idle':
      if (activity.outcome === 'error' && !isSeen(session, activity.since))
        return { status: 'failed', since: activity.since, line };
      return { status: 'idle', since: activity.since, line };
    case 'unknown':
      return { status: 'unknown', since: activity.since, line };
    default:
      return activity.state satisfies never;
  }
}

/** The newest one that was not delivered; one that was after it is an answer to it. */
export function undeliveredPrompt({ outbox }: Pick<Session, 'outbox'>): Prompt | undefined {
  const newest = outbox.findLast(({ state }) => state === 'undelivered');
  const isOver = outbox.some(
    ({ state, stateAt }) => (state === 'submitted' || state === 'begun') && stateAt > (newest?.stateAt ?? 0),
  );
  return isOver ? undefined : newest;
}

/** What goes on only when the person gives it back. */
function waitsForKeys({ run, outbox }: Session, { personHolds }: Keys): string | undefined {
  if (run?.held?.why === 'takenOver') return 'you have it; g gives it back';
  const waits = personHolds && outbox.some(({ state, by }) => state === 'queued' && by === 'session');
  return waits ? 'a prompt waits; g lets it in' : undefined;
}

function waitingPrompt(session: Session): string | undefined {
  const queued = session.outbox.find(prompt => prompt.state === 'queued');
  return queued ? `a prompt waits${queued.why === undefined ? '' : `: ${queued.why}`}` : undefined;
}

/** The user has looked at it since: what came to an end then is no news any more. */
export function isSeen(session: Pick<Session, 'seenAt'>, at: number): boolean {
  return session.seenAt !== undefined && session.seenAt >= at;
}
