import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Status } from '../session/status.ts';
import { atRest } from './at-rest.ts';
import type { Client, Context } from './context.ts';
import { nameOf, stateOf } from './session-row.ts';

/** Waits until each session has one of these statuses or is at rest, and tells on standard error what they do meanwhile. */
export async function follow(
  context: Context,
  client: Client,
  options: {
    readonly sessions: readonly string[];
    readonly until: readonly Status[] | 'atRest';
    readonly seconds: number | undefined;
    readonly quiet?: boolean;
  },
): Promise<readonly SessionView[]> {
  const { sessions, until, seconds, quiet } = options;
  const told = new Map<string, string>();
  const tell = (view: SessionView) => {
    const state = stateOf(view);
    if (quiet || !sessions.includes(view.session.id) || told.get(view.session.id) === state) return;
    told.set(view.session.id, state);
    context.terminal.err(`${nameOf(view)} ${state}\n`);
  };
  client.on('session/changed', tell);
  // A daemon that came back knows nothing of who watches.
  const watch = () => client.request('fleet/watch', { all: true });
  client.on('connected', () => void watch().catch(() => {}));
  for (const view of (await watch()).sessions) tell(view);
  const now = context.system.now;
  const one = (session: string) =>
    until === 'atRest'
      ? atRest({ client, session, now })
      : client.request('session/wait', { session, statuses: until });
  const open = new Set(sessions);
  const all = Promise.all(sessions.map(session => one(session).finally(() => open.delete(session))));
  return await (seconds === undefined ? all : within(seconds, all, () => [...open]));
}

async function within<Result>(seconds: number, work: Promise<Result>, open: () => readonly string[]): Promise<Result> {
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = () =>
      `Waited ${seconds} s in vain for ${open().join(', ')}. Nothing was ended: wait again, or ask tutti why.`;
    deadline = setTimeout(() => reject(new TuttiError('failed', why())), seconds * 1000);
  });
  // Who comes too late fails for nobody.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(deadline));
}
