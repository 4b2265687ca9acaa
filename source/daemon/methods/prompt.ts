import * as z from 'zod';
import type { SessionView } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { SessionEvent } from '../../session/event.ts';
import type { Session } from '../../session/session.ts';
import { within } from '../../system/within.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { freshId } from '../fresh-id.ts';
import { interruptTurn } from '../interrupt-turn.ts';
import { activityOf, personHolds } from '../observe.ts';
import { admit, doAct, sessionNamed } from './act.ts';
import { cleanPrompt } from './clean-prompt.ts';
import type { MethodTable, Params } from './method.ts';
import { act, text } from './params.ts';
import { askerOfFact, senderOf } from './rights.ts';

export const promptMethods: MethodTable<'prompt/send' | 'prompt/withdraw'> = {
  'prompt/send': {
    schema: act.extend({ text, interrupt: z.boolean().optional() }),
    answer: async (daemon, params, client) => {
      const { interrupt = false } = params;
      const send = () =>
        doAct(daemon, {
          ...params,
          act: 'prompt',
          facts: () => [
            {
              ...queued(daemon, params.text),
              by: senderOf(client),
              ...askerOfFact(client),
              ...(interrupt ? { ahead: true } : {}),
            },
          ],
        });
      const view = await (interrupt ? interrupted(daemon, params, client, send) : send());
      return { ...view, prompt: promptOf(daemon.brain.ledger.history(view.session.id, HISTORY), params.operation) };
    },
  },
  'prompt/withdraw': {
    schema: act.extend({ prompt: z.string() }),
    answer: async (daemon, params) => {
      const view = await doAct(daemon, {
        ...params,
        act: undefined,
        facts: session => {
          const prompt = session.outbox.find(({ id }) => id === params.prompt);
          if (!prompt || prompt.state === 'submitted' || prompt.state === 'begun') throw tooLate(session);
          return [{ type: 'promptWithdrawn', prompt: params.prompt }];
        },
      });
      const { outbox = [] } = daemon.brain.ledger.session(view.session.id) ?? {};
      const { text } = outbox.find(({ id }) => id === params.prompt) ?? {};
      return text === undefined ? view : { ...view, text };
    },
  },
};

/**
 * Before the prompt waits: it would be typed at once where the agent has a queue, and an escape with an enter behind it is another key.
 * What waits already stays where it is until then, or it would be the next turn. Whoever asks again after a crash presses nothing again:
 * the host knows the operation. A session presses nothing where a person has the keys: what it sends waits there.
 */
async function interrupted(
  daemon: Daemon,
  params: Params<'prompt/send'>,
  client: ClientLink,
  send: () => Promise<SessionView>,
): Promise<SessionView & { readonly notInterrupted?: true }> {
  const { brain, loop } = daemon;
  if (brain.ledger.findOperation(params.operation)) return send();
  const session = sessionNamed(daemon, params.session);
  admit(daemon, 'prompt', session);
  admit(daemon, 'interrupt', session);
  cleanPrompt(params.text);
  const isBarred = (now: Session) =>
    senderOf(client) !== 'person' && (personHolds(loop.sight(now).status) || now.run?.held !== undefined);
  if (isBarred(session)) return send();
  try {
    return await brain.promptHolds.during(session.id, async () => {
      const isOver = await turnOver(daemon, session.id, { operation: `${params.operation}/interrupt`, isBarred });
      return { ...(await send()), ...(isOver ? {} : { notInterrupted: true }) };
    });
  } finally {
    loop.settle(session.id);
  }
}

/**
 * A prompt that its host has not pasted yet is put back before a key is pressed: it would be the next turn, and the one that is sent now would
 * wait behind it. One that is pasted goes on to its end first: the key would meet its text. False where the turn goes on.
 */
async function turnOver(
  { brain, loop }: Daemon,
  id: string,
  { operation, isBarred }: { readonly operation: string; readonly isBarred: (session: Session) => boolean },
): Promise<boolean> {
  if (!(await within(PASTED_MS, loop.withoutDeliveries(id)))) return false;
  const now = () => {
    const session = brain.ledger.session(id);
    return session && { session, activity: activityOf(session, loop.sight(session)).state };
  };
  const found = now();
  // A person may have taken the keys meanwhile.
  if (!found || isBarred(found.session)) return true;
  const done = await interruptTurn(brain, found.session, { operation, activity: found.activity });
  return done === 'interrupted' || (done === 'nothing' && now()?.activity !== 'busy');
}

/** So long a prompt that is pasted may take to be sent. */
const PASTED_MS = 4000;

/** Who asks again after a crash finds the prompt among so many of the newest events. */
const HISTORY = 200;

function queued({ brain }: Daemon, text: string) {
  return {
    type: 'promptQueued',
    prompt: freshId(brain.system),
    text: cleanPrompt(text),
    way: 'typed',
  } as const;
}

function promptOf(history: readonly SessionEvent[], operation: string): string {
  const event = history.find(event => event.type === 'promptQueued' && event.operation === operation);
  return event?.type === 'promptQueued' ? event.prompt : '';
}

function tooLate({ title, agent }: Session): TuttiError {
  return new TuttiError(
    'conflict',
    `Could not withdraw the prompt to "${title}": ${agent.kind} has it already. Interrupt it in its pane.`,
  );
}
