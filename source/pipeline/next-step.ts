import type { Activity } from '../session/activity.ts';
import type { Prompt } from '../session/prompt.ts';
import { commitHost } from './commit-host.ts';
import type { CheckResult, LimitPlan, Run, RunHold, StopReason } from './run.ts';
import { promptAfterLimit, promptOfRed } from './run-prompt.ts';

/** What a run's next step depends on beside the run itself: seen from outside, now. */
export interface RunFacts {
  readonly now: number;
  /** The prompt of the run that is under way, from the outbox. */
  readonly prompt: Prompt | undefined;
  readonly activity: Activity;
  /** The agent's program runs. */
  readonly agentUp: boolean;
  /** Why it does not, for people. */
  readonly agentEnd: string | undefined;
  /** A person typed into the pane and has not given it back. */
  readonly personHolds: boolean;
  /** The session is paused, being paused or killed. */
  readonly away: boolean;
  /** Does the worktree differ from the base; undefined: not looked at since the turn ended. */
  readonly changed: boolean | undefined;
  /** Its files then, as a git tree. */
  readonly tree: string | undefined;
  /** The turn failed at a limit of its account: what the user wants then. Known when `changed` is. */
  readonly limit: LimitPlan | undefined;
}

/** One decision. All but `wait` and `look` become an event (`step-event.ts`). */
export type Step =
  | { readonly type: 'wait' }
  /** Git has to be asked whether anything changed; then decide again. */
  | { readonly type: 'look' }
  | { readonly type: 'check'; readonly tree: string | undefined }
  | { readonly type: 'commit' }
  /** Red output goes back to the agent, as the next attempt; after a limit it goes on with the same one. */
  | { readonly type: 'prompt'; readonly text: string; readonly afterLimit?: true }
  | ({ readonly type: 'hold' } & Omit<RunHold, 'at'>)
  | { readonly type: 'goOn' }
  | { readonly type: 'stop'; readonly why: StopReason; readonly text: string };

const WAIT: Step = { type: 'wait' };
const GO_ON: Step = { type: 'goOn' };
const TAKEN_OVER: Step = { type: 'hold', why: 'takenOver', text: 'you have it' };

/** The whole unattended policy: what happens next to a session that was let go. Pure; asked after every event. */
export function nextStep(run: Run, facts: RunFacts): Step {
  if (isOver(run)) return WAIT;
  if (run.held) return whileHeld(facts, run.held);
  if (facts.away) return { type: 'hold', why: 'paused', text: 'the session is paused' };
  if (facts.personHolds) return TAKEN_OVER;
  if (facts.now >= timeLimitAt(run)) {
    const hooks = run.stage.name === 'committing' ? ', and the hooks of its commit do not end' : '';
    return { type: 'stop', why: 'time', text: `the limit of ${run.limits.minutes} minutes is used up${hooks}` };
  }
  switch (run.stage.name) {
    case 'prompting':
      return whilePrompting(facts);
    case 'working':
      return whileWorking(run, facts, run.stage.since);
    case 'checking':
      return afterVerdict(run, facts, run.stage.host);
    case 'committing':
      return afterVerdict(run, facts, commitHost(run.attempt));
    case 'pushing':
    case 'merging':
    case 'ready':
    case 'merged':
    case 'pushed':
    case 'stopped':
      return WAIT;
    default:
      return run.stage satisfies never;
  }
}

/** When the time limit ends the run, milliseconds since the epoch; time that a person held it does not count. */
export function timeLimitAt({ startedAt, heldMs, limits, stage }: Run): number {
  return startedAt + heldMs + limits.minutes * 60_000 + (stage.name === 'committing' ? COMMIT_MS : 0);
}

/** When a run is looked at without anything happening: at its time limit, or when a limit of its account is over. */
export function looksAt(run: Run, now: number): number | undefined {
  if (!run.held) return timeLimitAt(run);
  // What stands in the way after that tells of itself.
  const { until } = run.held;
  return until !== undefined && until > now ? until : undefined;
}

/** A commit that is under way is the end of the work, not more of it; but its hooks may hang. */
const COMMIT_MS = 10 * 60_000;

function isOver(run: Run): boolean {
  switch (run.stage.name) {
    case 'ready':
    case 'merged':
    case 'pushed':
    case 'stopped':
    case 'pushing':
    case 'merging':
      return true;
    default:
      return false;
  }
}

/** Who answers a question by a key, or types into what has just been resumed, has taken it over. */
function whileHeld(facts: RunFacts, { why, until, profile }: RunHold): Step {
  if (facts.away) return WAIT;
  if (facts.personHolds) return why === 'takenOver' ? WAIT : TAKEN_OVER;
  // Its agent is ended, and comes back by the other profile.
  if (profile !== undefined) return WAIT;
  switch (why) {
    case 'question':
      return facts.activity.state === 'waiting' ? WAIT : GO_ON;
    case 'paused':
      return facts.agentUp ? GO_ON : WAIT;
    case 'takenOver':
      return GO_ON;
    case 'limit':
      return atLimit(facts, until ?? 0);
    default:
      return why satisfies never;
  }
}

/** Some agents go on by themselves; the others are told to when the limit is over. */
function atLimit(facts: RunFacts, until: number): Step {
  if (!facts.agentUp) return agentExited(facts);
  if (facts.activity.state === 'busy') return GO_ON;
  if (facts.activity.state === 'waiting' || facts.now < until) return WAIT;
  return { type: 'prompt', text: promptAfterLimit(), afterLimit: true };
}

function whilePrompting(facts: RunFacts): Step {
  if (!facts.agentUp) return agentExited(facts);
  if (facts.activity.state === 'waiting') return holdForQuestion(facts);
  switch (facts.prompt?.state) {
    case 'undelivered':
      return {
        type: 'stop',
        why: 'promptUndelivered',
        text: `the prompt was not delivered: ${facts.prompt.why ?? 'unknown why'}`,
      };
    case 'withdrawn':
      return { type: 'stop', why: 'takenBack', text: 'its prompt was withdrawn' };
    default:
      return WAIT;
  }
}

function whileWorking(run: Run, facts: RunFacts, since: number): Step {
  if (!facts.agentUp) return agentExited(facts);
  const { activity } = facts;
  if (activity.state === 'waiting') return holdForQuestion(facts);
  // What was idle before the turn began says nothing about this turn.
  if (activity.state !== 'idle' || activity.since < since) return WAIT;
  if (facts.changed === undefined) return { type: 'look' };
  if (activity.outcome === 'error') {
    const said = activity.text ?? 'the agent reported an error';
    return facts.limit ? ofLimit(facts.limit, said) : { type: 'stop', why: 'agentFailed', text: said };
  }
  if (!facts.changed) {
    const words = activity.text === undefined ? '' : `: ${activity.text}`;
    return { type: 'stop', why: 'noChange', text: `the agent ended its turn and changed nothing${words}` };
  }
  return run.check === undefined ? { type: 'commit' } : { type: 'check', tree: facts.tree };
}

function ofLimit(plan: LimitPlan, said: string): Step {
  const { text } = plan;
  switch (plan.do) {
    case 'wait':
      return { type: 'hold', why: 'limit', text, until: plan.until };
    case 'profile':
      return { type: 'hold', why: 'limit', text, until: plan.until, profile: plan.profile };
    case 'stop':
      return { type: 'stop', why: 'agentFailed', text: `${said}; ${text}` };
    default:
      return plan satisfies never;
  }
}

/** A check or the hooks of a commit have spoken, or not yet. */
function afterVerdict(run: Run, facts: RunFacts, asked: string): Step {
  const result = run.lastCheck;
  if (result?.host !== asked) return WAIT;
  if (result.passed) return { type: 'commit' };
  return sendBack(run, facts, result);
}

function sendBack(run: Run, facts: RunFacts, result: CheckResult): Step {
  if (run.attempt >= run.limits.attempts) {
    const times = run.limits.attempts === 1 ? '1 attempt' : `${run.limits.attempts} attempts`;
    return { type: 'stop', why: 'attempts', text: `${result.command} still fails after ${times}` };
  }
  if (!facts.agentUp) return agentExited(facts);
  return { type: 'prompt', text: promptOfRed(result) };
}

function holdForQuestion(facts: RunFacts): Step {
  return { type: 'hold', why: 'question', text: facts.activity.text ?? 'the agent asks something' };
}

function agentExited(facts: RunFacts): Step {
  return { type: 'stop', why: 'agentExited', text: facts.agentEnd ?? 'the agent ended' };
}
