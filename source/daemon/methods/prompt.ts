import { z } from 'zod';
import { TuttiError } from '../../protocol/rpc.ts';
import type { SessionEvent, SessionFact } from '../../session/event.ts';
import type { Session } from '../../session/session.ts';
import type { Daemon } from '../daemon.ts';
import { freshId } from '../fresh-id.ts';
import { doAct } from './act.ts';
import { cleanPrompt } from './clean-prompt.ts';
import type { MethodTable } from './method.ts';
import { act, text } from './params.ts';
import { askerOfFact } from './rights.ts';

export const promptMethods: MethodTable<'prompt/send' | 'prompt/withdraw'> = {
  'prompt/send': {
    schema: act.extend({ text }),
    answer: async (daemon, params, client) => {
      const facts = () => [{ ...queued(daemon, params.text), ...askerOfFact(client) }];
      const view = await doAct(daemon, { ...params, act: 'prompt', facts });
      return { ...view, prompt: promptOf(daemon.brain.ledger.history(view.session.id, HISTORY), params.operation) };
    },
  },
  'prompt/withdraw': {
    schema: act.extend({ prompt: z.string() }),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: undefined,
        facts: session => {
          const prompt = session.outbox.find(({ id }) => id === params.prompt);
          if (!prompt || prompt.state === 'submitted' || prompt.state === 'begun') throw tooLate(session);
          return [{ type: 'promptWithdrawn', prompt: params.prompt }];
        },
      }),
  },
};

/** Who asks again after a crash finds the prompt among so many of the newest events. */
const HISTORY = 200;

function queued({ brain }: Daemon, text: string): SessionFact {
  return { type: 'promptQueued', prompt: freshId(brain.system), text: cleanPrompt(text), by: 'person', way: 'typed' };
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
