import * as z from 'zod';
import { SPOKEN_PROTOCOL } from '../../system/build.ts';
import { markStopped } from '../../system/stop-mark.ts';
import { isListed } from '../view.ts';
import type { MethodTable } from './method.ts';
import { environment } from './params.ts';

export const daemonMethods: MethodTable<'daemon/status' | 'daemon/stop' | 'client/offer' | 'client/active'> = {
  'daemon/status': {
    schema: z.null(),
    answer: ({ brain, startedAt, clients }) => ({
      pid: brain.system.pid,
      build: brain.runtime.build,
      protocol: SPOKEN_PROTOCOL,
      startedAt,
      clients: clients().size,
      hosts: brain.hosts.count,
      sessions: brain.ledger.sessions().filter(isListed).length,
      data: brain.paths.data,
    }),
  },
  'daemon/stop': {
    schema: z.object({ by: z.literal('user') }).nullable(),
    answer: (daemon, params, client) => {
      try {
        if (params) markStopped(daemon.brain.paths);
      } catch (err) {
        daemon.brain.log.warn({ err }, 'hosts can not be told that it was ended by the user');
      }
      // The answer goes out first.
      setImmediate(() => daemon.end(client));
      return null;
    },
  },
  'client/active': {
    schema: z.null(),
    answer: ({ notifier }) => {
      notifier.userActive();
      return null;
    },
  },
  'client/offer': {
    schema: z.object({ env: environment }),
    answer: ({ brain, loop }, { env }) => {
      brain.environments.offer(env);
      for (const { id } of brain.ledger.sessions()) loop.awake(id);
      return null;
    },
  },
};
