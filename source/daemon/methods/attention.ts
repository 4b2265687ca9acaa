import * as z from 'zod';
import { TuttiError } from '../../protocol/rpc.ts';
import { itemOf, refusalOfSnooze } from '../../session/snooze.ts';
import { isUnread, wasRead } from '../../session/unread.ts';
import { doAct, sessionNamed } from './act.ts';
import type { MethodTable } from './method.ts';
import { act, sessionName } from './params.ts';

/** What the user has looked at, and what he puts away until later. */
export const attentionMethods: MethodTable<'session/see' | 'session/unsee' | 'session/snooze' | 'session/wake'> = {
  'session/see': {
    schema: z.object({ session: sessionName }),
    answer: (daemon, params) => {
      const session = sessionNamed(daemon, params.session);
      // Only news is worth an entry in the ledger.
      if (isUnread(daemon.view(session))) daemon.loop.happen(session.id, [{ type: 'seen' }]);
      return null;
    },
  },
  'session/unsee': {
    schema: act,
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: undefined,
        facts: session => {
          const { activity } = daemon.view(session);
          if (wasRead({ session, activity })) return [{ type: 'unseen' }];
          const why = 'it has come to no end that you have looked at';
          throw new TuttiError('conflict', `Could not mark "${session.title}" as unread: ${why}.`);
        },
      }),
  },
  'session/snooze': {
    schema: act.extend({ item: z.string().max(2000), until: z.number().nullable() }),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: undefined,
        facts: session => {
          const { item } = params;
          const until = params.until ?? undefined;
          const refuse = (kind: 'usage' | 'conflict', why: string) =>
            new TuttiError(kind, `Could not put "${session.title}" away: ${why}.`);
          if (until !== undefined && until <= daemon.brain.system.now()) throw refuse('usage', 'that time is over');
          const view = daemon.view(session);
          // What is put away already may be so for longer.
          const refused = view.status === 'snoozed' ? undefined : refusalOfSnooze(view);
          if (refused !== undefined) throw refuse('conflict', refused);
          if (itemOf(view) !== item) throw refuse('conflict', 'it has changed since it was shown. Look at it again');
          return [{ type: 'snoozed', item, until }];
        },
      }),
  },
  'session/wake': {
    schema: act,
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: undefined,
        facts: session => {
          if (daemon.view(session).status === 'snoozed') return [{ type: 'woken' }];
          throw new TuttiError('conflict', `Could not bring "${session.title}" back: it is not put away.`);
        },
      }),
  },
};
