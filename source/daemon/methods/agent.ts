import { z } from 'zod';
import { listAgents } from '../agent-offers.ts';
import type { MethodTable } from './method.ts';
import { environment } from './params.ts';
import { environmentFor } from './rights.ts';

export const agentMethods: MethodTable<'agent/list'> = {
  'agent/list': {
    schema: z.object({ env: environment }),
    answer: async (daemon, params, client) => {
      const env = await environmentFor(daemon, client, params.env);
      return listAgents({ env, settings: await daemon.brain.settings() });
    },
  },
};
