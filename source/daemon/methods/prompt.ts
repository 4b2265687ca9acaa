import { z } from 'zod';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import { freshId } from '../fresh-id.ts';
import { doAct } from './act.ts';
import { cleanPrompt } from './clean-prompt.ts';
import type { MethodTable } from './method.ts';
import { act, text } from './params.ts';

export const promptMethods: MethodTable<'prompt/send' | 'prompt/withdraw'> = {
  'prompt/send': {
    schema: act.extend({ text }),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: 'prompt',
        facts: () => [
          {
            type: 'promptQueued',
            prompt: freshId(daemon.brain.system),
            text: cleanPrompt(params.text),
            by: 'person',
            way: 'typed',
          },
        ],
      }),
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

function tooLate({ title, agent }: Session): TuttiError {
  return new TuttiError(
    'conflict',
    `Could not withdraw the prompt to "${title}": ${agent.kind} has it already. Interrupt it in its pane.`,
  );
}
