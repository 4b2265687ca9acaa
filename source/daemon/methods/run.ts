import * as z from 'zod';
import { promptOfGoal } from '../../pipeline/run-prompt.ts';
import type { RunRequest } from '../../protocol/daemon.ts';
import type { SessionFact } from '../../session/event.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { freshId } from '../fresh-id.ts';
import { ANSWER_MS } from '../hosts.ts';
import { doAct } from './act.ts';
import { cleanPrompt } from './clean-prompt.ts';
import type { MethodTable } from './method.ts';
import { act, text } from './params.ts';

export const runRequest = z.object({
  goal: text,
  check: z.string().min(1).max(20_000).exactOptional(),
  attempts: z.int().min(1).max(50).exactOptional(),
  minutes: z.number().positive().max(10_080).exactOptional(),
});

export const runMethods: MethodTable<'run/start' | 'run/giveBack' | 'run/takeOver' | 'run/sendBack'> = {
  'run/start': {
    schema: act.extend(runRequest.shape),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: 'letGo',
        facts: async session => {
          const started = await runStarted(daemon, params, 'typed');
          await giveBackKeys(daemon, session, params.operation);
          return [started];
        },
      }),
  },
  'run/giveBack': {
    schema: act,
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: 'giveBack',
        facts: async session => {
          await giveBackKeys(daemon, session, params.operation);
          // The host's own word of it may have come first.
          const now = daemon.brain.ledger.session(session.id);
          return now?.run?.held?.why === 'takenOver' ? [{ type: 'runGoesOn' }] : [];
        },
      }),
  },
  'run/takeOver': {
    schema: act,
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: 'takeOver',
        facts: () => [{ type: 'runHeld', why: 'takenOver', text: 'you have it' }],
      }),
  },
  'run/sendBack': {
    schema: act.extend({ remark: text }),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: 'sendBack',
        facts: async session => {
          const text = cleanPrompt(params.remark);
          await giveBackKeys(daemon, session, params.operation);
          return [{ type: 'runPrompted', prompt: freshId(daemon.brain.system), text, anew: true }];
        },
      }),
  },
};

/** Who lets a session go lets go of its keys too: what he typed before would hold the run at once. */
async function giveBackKeys({ brain }: Daemon, { id, host }: Session, operation: string): Promise<void> {
  const link = host.state === 'none' ? undefined : brain.hosts.find(id, host.name);
  if (link?.status.lease.holder !== 'person') return;
  await link.connection.request('lease/giveBack', { operation }, ANSWER_MS);
}

/** What a run begins with; limits that are not given come from the settings. */
export async function runStarted(daemon: Daemon, wanted: RunRequest, way: 'argv' | 'typed'): Promise<SessionFact> {
  const { runs } = await daemon.brain.settings();
  const goal = cleanPrompt(wanted.goal);
  return {
    type: 'runStarted',
    run: freshId(daemon.brain.system),
    goal,
    check: wanted.check,
    limits: { attempts: wanted.attempts ?? runs.attempts, minutes: wanted.minutes ?? runs.minutes },
    prompt: freshId(daemon.brain.system),
    text: promptOfGoal(goal, wanted.check),
    way,
  };
}
