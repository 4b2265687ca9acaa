import { z } from 'zod';
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
      doAct(daemon, { ...params, act: undefined, facts: () => [{ type: 'promptWithdrawn', prompt: params.prompt }] }),
  },
};
