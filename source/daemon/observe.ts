import { agentFor } from '../agents/described.ts';
import type { RunFacts } from '../pipeline/next-step.ts';
import type { LimitPlan } from '../pipeline/run.ts';
import type { HostStatus } from '../protocol/host.ts';
import type { Activity } from '../session/activity.ts';
import { type Ask, activityOfAsk } from '../session/ask.ts';
import { type EffectFacts, operationOf } from '../session/effect.ts';
import type { SessionFact } from '../session/event.ts';
import type { Prompt } from '../session/prompt.ts';
import { submittedUnnoted, turnBegunAt, typedTurn } from '../session/receipt.ts';
import { isDown } from '../session/reduce-host.ts';
import { openPrompt, WAITS_FOR } from '../session/reduce-outbox.ts';
import { activityOfReport } from '../session/report.ts';
import type { Session } from '../session/session.ts';
import type { System } from '../system/system.ts';
import { exitFacts } from './exit-facts.ts';

/** What the daemon sees of a session beside the ledger: its agent's host, if it is connected, and the worktree. */
export interface Sight {
  readonly now: number;
  /** Of the agent's host. */
  readonly status: HostStatus | undefined;
  /** What its agent waits with by its own `tutti ask`. */
  readonly ask?: Ask | undefined;
  /** Whether the worktree differs from the base; undefined: not looked at since the turn ended. */
  readonly changed: boolean | undefined;
  /** Its files then, as a git tree. */
  readonly tree: string | undefined;
  /** What is to be done about the limit at which its turn failed. */
  readonly limit?: LimitPlan | undefined;
  /** Its turn is being ended for a prompt that goes before those that wait. */
  readonly holdsPrompts?: boolean;
}

const NOTHING_KNOWN = { kind: undefined, outcome: undefined, text: undefined, evidence: [] } as const;

export function activityOf(session: Session, { status, now, ask }: Pick<Sight, 'status' | 'now' | 'ask'>): Activity {
  if (session.host.state !== 'running' || !status) return { state: 'unknown', since: session.lifeAt, ...NOTHING_KNOWN };
  const own = readBy(session, status, now);
  const { report } = session;
  const said = report?.host === status.name ? activityOfReport(report, own, submittedLast(status)) : own;
  return ask ? activityOfAsk(ask, said) : said;
}

/** When something was submitted to the program last, milliseconds since 1970. */
export function submittedLast(status: Pick<HostStatus, 'events'> | undefined): number | undefined {
  return status?.events.findLast(({ type }) => type === 'submitted')?.at;
}

/**
 * What the adapter reads in what the program has reported, which may be anything: where that is too odd for it, this session is unknown, and
 * no other one, nor the list of all, is touched by it.
 */
function readBy(session: Session, status: HostStatus, now: number): Activity {
  const { agent } = session;
  try {
    return agentFor(agent).activity(status, now);
  } catch (thrown) {
    const at = status.events.at(-1)?.at ?? status.startedAt;
    const why = `what ${agent.kind} reports can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    const claim = `${why}. A bug of tutti's: tutti wrong keeps what it needs to be mended`;
    const evidence = [{ source: 'tutti', claim, at, agrees: true }] as const;
    return { ...NOTHING_KNOWN, state: 'unknown', text: why, since: at, evidence };
  }
}

/** What has happened out there and is not in the ledger yet. */
export function unnoted(session: Session, sight: Sight, system: Pick<System, 'random'>): readonly SessionFact[] {
  const { status } = sight;
  const { host } = session;
  if (!status || host.state !== 'running' || host.name !== status.name) return [];
  const submitted = submittedUnnoted(status, session.outbox);
  if (submitted) return [submitted];
  const prompt = openPrompt(session, { personHolds: personHolds(status) });
  const { receipt, conversationOf } = agentFor(session.agent);
  const begunAt = prompt && turnBegunAt(status, prompt, receipt);
  if (prompt && begunAt !== undefined) return [{ type: 'turnBegun', prompt: prompt.id, begunAt }];
  if (prompt && meetsDraft(status, prompt)) return [{ type: 'draftMet', prompt: prompt.id }];
  const conversation = conversationOf?.(status);
  if (conversation !== undefined && conversation !== session.conversation) {
    return [{ type: 'conversationReported', conversation, begun: true }];
  }
  if (!session.conversationBegun && typedTurn(status, receipt)) {
    return [{ type: 'conversationReported', conversation: session.conversation, begun: true }];
  }
  // Last, so that what the agent still did before its end is noted as done.
  if (status.exit) return exitFacts(session, { name: host.name, exit: status.exit }, system);
  return wasGivenBack(session, status) ? [{ type: 'runGoesOn' }] : [];
}

/** Its host tells so while it waits; how the wait has ended, the delivery's own answer tells. */
function meetsDraft({ events }: HostStatus, prompt: Prompt): boolean {
  if (prompt.state !== 'queued' || prompt.why === WAITS_FOR.draft) return false;
  const operation = operationOf(prompt);
  return events.some(event => event.type === 'draftStands' && event.operation === operation);
}

/** Given back at the host since it was taken over, maybe while no daemon looked. */
function wasGivenBack({ run }: Session, status: HostStatus): boolean {
  if (run?.held?.why !== 'takenOver' || personHolds(status)) return false;
  const { at } = run.held;
  return status.events.some(event => event.type === 'leaseGivenBack' && event.at >= at);
}

/** Somebody typed into its pane and has not given it back. */
export function personHolds(status: HostStatus | undefined): boolean {
  return status?.lease.holder === 'person';
}

export function runFactsOf(session: Session, sight: Sight): RunFacts {
  const { life, host, run } = session;
  const open = run?.stage.name === 'prompting' ? run.stage.prompt : undefined;
  return {
    now: sight.now,
    prompt: session.outbox.find(prompt => prompt.id === open),
    activity: activityOf(session, sight),
    agentUp: !isDown(host),
    agentEnd: session.end?.text,
    // Taken by an act of the user it stays taken until it is given back, whoever holds the keys.
    personHolds: personHolds(sight.status) || run?.held?.why === 'takenOver',
    away: ['pausing', 'paused', 'killing', 'killed'].includes(life.name),
    changed: sight.changed,
    tree: sight.tree,
    limit: sight.limit,
  };
}

export function effectFactsOf(session: Session, sight: Sight, storeFolder: string): EffectFacts {
  return {
    mayPrompt: mayPrompt(session, sight),
    personHolds: personHolds(sight.status),
    hostEvent: sight.status?.events.at(-1)?.n ?? 0,
    storeFolder,
  };
}

/**
 * A prompt that was sent may queue up in a busy agent that queues; a run's own waits for the end of the turn, so that its receipt is
 * its own. Of a program whose activity is unknown the host looks at the screen, where there is something to look for; else it
 * has to stand still.
 */
function mayPrompt(session: Session, sight: Sight): boolean {
  const { status } = sight;
  const prompt = openPrompt(session, { personHolds: personHolds(status) });
  if (!status || !prompt || status.exit || sight.holdsPrompts) return false;
  const { input } = agentFor(session.agent);
  const activity = activityOf(session, sight);
  switch (activity.state) {
    case 'idle':
      return true;
    case 'waiting':
      return false;
    case 'busy':
      return prompt.by !== 'automation' && input.whileBusy === 'queues';
    case 'unknown':
      return input.ready !== undefined || status.settled;
    default:
      return activity.state satisfies never;
  }
}
