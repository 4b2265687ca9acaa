import * as z from 'zod';
import { listAgents, withProfiles } from '../agent-offers.ts';
import { examinedOffers } from '../examined-offers.ts';
import type { MethodTable } from './method.ts';
import { environment } from './params.ts';
import { environmentFor } from './rights.ts';

export const agentMethods: MethodTable<'agent/list'> = {
  'agent/list': {
    schema: z.object({
      env: environment,
      profiles: z.literal(true).exactOptional(),
      examine: z.literal(true).exactOptional(),
    }),
    answer: async (daemon, params, client) => {
      const env = await environmentFor(daemon, client, params.env);
      const settings = await daemon.brain.settings();
      if (params.examine) return examinedOffers({ env, settings, home: daemon.brain.system.home });
      const offers = await listAgents({ env, settings });
      return params.profiles ? withProfiles(offers, settings) : offers;
    },
  },
};
