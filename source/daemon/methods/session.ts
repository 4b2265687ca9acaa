import * as z from 'zod';
import { readDiff } from '../../git/diff.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import { mayKill } from '../../session/admit.ts';
import { GRANTS } from '../../session/rights.ts';
import { STATUSES, type Status } from '../../session/status.ts';
import { checkTitle } from '../../session/title.ts';
import type { Daemon } from '../daemon.ts';
import { freshUuid } from '../fresh-id.ts';
import { keepReport } from '../keep-report.ts';
import { isAtRest } from '../waiters.ts';
import { doAct, sessionNamed } from './act.ts';
import { createSession, newSession } from './create.ts';
import type { MethodTable, Params } from './method.ts';
import { act, environment, grants, operation, scope, sessionName } from './params.ts';
import { askerOfFact } from './rights.ts';
import { resumeFacts, startAgain } from './start-again.ts';
import { toBringBack } from './undo.ts';
import { whyOf } from './why.ts';

const STATUS_NAMES = Object.keys(STATUSES) as [Status, ...Status[]];

/** A patch has to fit into one message, escaped as JSON. */
const DIFF_BYTES = 400_000;

export const sessionMethods: MethodTable<
  | 'session/create'
  | 'session/show'
  | 'session/rename'
  | 'session/kill'
  | 'session/pause'
  | 'session/resume'
  | 'session/restart'
  | 'session/undo'
  | 'session/allow'
  | 'session/why'
  | 'session/wrong'
  | 'session/diff'
  | 'session/wait'
> = {
  'session/create': { schema: newSession, answer: createSession },
  'session/show': {
    schema: z.object({ session: sessionName }),
    answer: (daemon, params) => {
      const session = sessionNamed(daemon, params.session);
      return { ...daemon.view(session), session };
    },
  },
  'session/rename': {
    schema: act.extend({ title: z.string() }),
    answer: (daemon, params) => {
      const checked = checkTitle(params.title);
      if ('problem' in checked) throw new TuttiError('usage', checked.problem);
      return doAct(daemon, { ...params, act: 'rename', facts: () => [{ type: 'renamed', title: checked.title }] });
    },
  },
  'session/kill': {
    schema: act,
    answer: async (daemon, params, client) => {
      await killable(daemon, params, client.left);
      return doAct(daemon, {
        ...params,
        act: 'kill',
        facts: () => [{ type: 'killRequested', ...askerOfFact(client) }],
      });
    },
  },
  'session/pause': {
    schema: act,
    answer: (daemon, params, client) =>
      doAct(daemon, {
        ...params,
        act: 'pause',
        facts: () => [{ type: 'pauseRequested', ...askerOfFact(client) }],
      }),
  },
  'session/resume': {
    schema: act.extend({ onto: z.enum(['branch', 'own']).exactOptional(), env: environment }),
    answer: (daemon, params) => {
      startAgain(daemon, params);
      return doAct(daemon, {
        ...params,
        act: 'resume',
        facts: session => resumeFacts(daemon, session, { ...params, type: 'resumeRequested' }),
      });
    },
  },
  'session/restart': {
    schema: act.extend({ env: environment }),
    answer: (daemon, params) => {
      startAgain(daemon, params);
      return doAct(daemon, {
        ...params,
        act: 'restart',
        facts: () => [
          {
            type: 'restartRequested',
            conversation: freshUuid(daemon.brain.system),
            envNames: Object.keys(params.env).sort(),
          },
        ],
      });
    },
  },
  'session/undo': {
    schema: z.object({ operation, session: sessionName.exactOptional(), env: environment, scope }),
    answer: async (daemon, params) => {
      const done = daemon.brain.ledger.findOperation(params.operation);
      const session = done?.session ?? (await toBringBack(daemon, params)).id;
      startAgain(daemon, { ...params, session, gone: true });
      return doAct(daemon, {
        operation: params.operation,
        session,
        act: 'undo',
        gone: true,
        facts: found => resumeFacts(daemon, found, { env: params.env, onto: undefined, type: 'undoRequested' }),
      });
    },
  },
  'session/allow': {
    schema: act.extend({ grants }),
    answer: (daemon, params) =>
      doAct(daemon, {
        ...params,
        act: undefined,
        facts: () => [{ type: 'rightsGranted', grants: GRANTS.filter(grant => params.grants.includes(grant)) }],
      }),
  },
  'session/why': {
    schema: z.object({ session: sessionName }),
    answer: (daemon, { session }) => whyOf(daemon, sessionNamed(daemon, session, { gone: true })),
  },
  'session/wrong': {
    schema: z.object({ session: sessionName, note: z.string().max(2000).exactOptional() }),
    answer: async (daemon, { session, note }) => ({
      folder: await keepReport(daemon, sessionNamed(daemon, session), note),
    }),
  },
  'session/diff': {
    schema: z.object({ session: sessionName }),
    answer: async (daemon, params) => {
      const { worktree, base, repository, life, title } = sessionNamed(daemon, params.session);
      if (life.name !== 'live') throw new TuttiError('conflict', `"${title}" has no worktree now: resume it first.`);
      const { git, gitQueue } = daemon.brain;
      const diff = () => readDiff(git, { worktree, base, limitBytes: DIFF_BYTES });
      return gitQueue.add(repository.gitDir, diff, 'look');
    },
  },
  'session/wait': {
    schema: z.object({ session: sessionName, statuses: z.array(z.enum(STATUS_NAMES)).min(1) }),
    answer: async (daemon, params, client) => {
      const { id } = sessionNamed(daemon, params.session, { gone: true });
      const met = () => {
        const session = daemon.brain.ledger.session(id);
        if (!session) throw new TuttiError('notFound', `The session ${id} is gone.`);
        // Killed with a trouble: its creation failed, and what was worked in it is kept.
        if (session.life.name === 'discarded' || (session.life.name === 'killed' && session.trouble)) {
          const { what, kind } = session.trouble ?? { what: `"${session.title}" could not be made.` };
          throw new TuttiError(kind ?? 'failed', what);
        }
        // On its way there it looks like one that has failed.
        if (session.life.name === 'discarding') return undefined;
        const view = daemon.view(session);
        return session.life.name === 'killed' || params.statuses.includes(view.status) ? view : undefined;
      };
      return daemon.waiters.until(id, met, client.left);
    },
  },
};

/** What is on its way ends by itself; who asked for a kill in that moment means what comes of it. */
async function killable(daemon: Daemon, params: Params<'session/kill'>, left: AbortSignal): Promise<void> {
  const { ledger } = daemon.brain;
  if (ledger.findOperation(params.operation)) return;
  const { id } = sessionNamed(daemon, params.session);
  await daemon.waiters.until(
    id,
    () => {
      const now = ledger.session(id);
      return !now || isAtRest(now) || mayKill(now) || undefined;
    },
    left,
  );
}
