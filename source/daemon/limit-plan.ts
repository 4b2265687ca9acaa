import { setTimeout as pause } from 'node:timers/promises';
import { agentFor } from '../agents/described.ts';
import type { LimitPlan } from '../pipeline/run.ts';
import { fullWindow } from '../session/history.ts';
import type { Session } from '../session/session.ts';
import { profileNamed } from '../store/profile-of.ts';
import type { AtLimit, Settings } from '../store/settings-defaults.ts';
import { clockTime } from '../text/clock.ts';
import type { Brain } from './brain.ts';
import { AGAIN_AFTER_MS, historyIfAny, historyOfNow } from './history-of.ts';

/** Clocks differ, and an account that is asked too early is at its limit once more. */
const AFTER_MS = 10_000;

/** What the user wants done about a turn that has failed; undefined: it was at no limit that its record tells of. */
export async function limitPlan(brain: Brain, session: Session): Promise<LimitPlan | undefined> {
  const settings = await brain.settings();
  const { atLimit } = settings.runs;
  if (atLimit === 'ask' || !agentFor(session.agent).records?.tellsLimits) return undefined;
  const resetsAt = await limitOf(brain, session);
  if (resetsAt === undefined) return undefined;
  return planOf({ session, atLimit, resetsAt, now: brain.system.now(), settings });
}

async function limitOf(brain: Brain, session: Session): Promise<number | undefined> {
  for (const wait of [0, ...AGAIN_AFTER_MS]) {
    if (wait > 0) await pause(wait, undefined, { ref: false });
    const history = await historyIfAny(brain, session, historyOfNow);
    if (history?.turns.at(-1)?.end === 'failed') return fullWindow(history, brain.system.now())?.resetsAt;
  }
  return undefined;
}

/** Of another account only where the conversation can be brought along truly; else the person is told why not. */
export function planOf(options: {
  readonly session: Pick<Session, 'agent'>;
  readonly atLimit: Exclude<AtLimit, 'ask'>;
  readonly resetsAt: number;
  readonly now: number;
  readonly settings: Pick<Settings, 'profiles'>;
}): LimitPlan {
  const { session, atLimit, resetsAt, now, settings } = options;
  const { kind, profile: own } = session.agent;
  const { records, afterLimitMs = AFTER_MS } = agentFor(session.agent);
  const until = resetsAt + afterLimitMs;
  if (atLimit === 'wait') return { do: 'wait', until, text: `limit · goes on ${clockTime(resetsAt, now)}` };
  const { profile } = atLimit;
  const stop = (why: string): LimitPlan => ({ do: 'stop', text: `${why}, so it does not go on by itself` });
  if (profile === own) return stop(`its profile ${profile} is the one to go on with`);
  const agent = profileNamed(settings, profile)?.agent;
  if (agent !== kind) return stop(`the profile ${profile} is one of ${agent ?? 'no agent'}`);
  if (!records?.movable)
    return stop(`tutti has not seen a conversation of ${kind} go on in the folder of another profile`);
  return { do: 'profile', until, profile, text: `limit · goes on by the profile ${profile}` };
}
