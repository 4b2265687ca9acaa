import { z } from 'zod';
import { listAgents } from '../agent-offers.ts';
import type { MethodTable } from './method.ts';
import { environment } from './params.ts';

export const agentMethods: MethodTable<'agent/list'> = {
  'agent/list': {
    schema: z.object({ env: environment }),
    answer: async ({ brain }, { env }) => listAgents({ env, settings: await brain.settings() }),
  },
};
