import { childEnvironment } from '../../agents/environment.ts';
import { agentOf } from '../../agents/index.ts';
import type { Pane } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { Session } from '../../session/session.ts';
import { bundleNames } from '../../system/bundle.ts';
import { hostBundle } from '../../system/paths.ts';
import { discardHost } from '../bury.ts';
import type { Daemon } from '../daemon.ts';
import { launchHost } from '../effects/start-host.ts';
import { endHost } from '../end-hosts.ts';
import { findProgram } from '../find-program.ts';
import { admit, sessionNamed } from './act.ts';
import type { MethodTable, Params } from './method.ts';
import { act, columns, environment, rows } from './params.ts';

export const shellMethods: MethodTable<'shell/open'> = {
  'shell/open': {
    schema: act.extend({ env: environment, columns: columns.exactOptional(), rows: rows.exactOptional() }),
    answer: (daemon, params) => openShell(daemon, params),
  },
};

/** The shell that is open in the worktree, else a new one. Asked twice at once, one is opened. */
async function openShell(daemon: Daemon, params: Params<'shell/open'>): Promise<Pane> {
  const session = sessionNamed(daemon, params.session);
  admit(daemon, 'shell', session);
  const { hosts, paths } = daemon.brain;
  const open = hosts.of(session.id).find(({ status }) => status.role === 'shell' && !status.exit);
  const name = open?.name ?? (await daemon.once(`shell:${session.id}`, () => startShell(daemon, session, params)));
  return { role: 'shell', name, bundle: hostBundle(paths, session.id, name), running: true };
}

async function startShell(daemon: Daemon, session: Session, params: Params<'shell/open'>): Promise<string> {
  const { brain, feed } = daemon;
  const { env } = params;
  const program = findProgram(env.SHELL || 'sh', env) ?? '/bin/sh';
  const name = `shell-${lastShell(daemon, session.id) + 1}`;
  const { state } = await launchHost(brain, {
    session: session.id,
    name,
    role: 'shell',
    argv: [program],
    cwd: session.worktree,
    env: childEnvironment({ client: env, unset: agentOf('shell').unset, set: {} }),
    columns: params.columns,
    rows: params.rows,
    shell: true,
  });
  // One that lives and only does not answer ends without its bundle.
  if (state === 'lost' || state === 'mute') {
    discardHost(brain, session.id, name);
    throw new TuttiError('failed', `The shell of "${session.title}" went away right after its start. Try again.`);
  }
  if (brain.ledger.session(session.id)?.life.name !== 'live') {
    await endHost(brain, session.id, name);
    throw new TuttiError('conflict', `"${session.title}" went away while a shell was opened for it.`);
  }
  feed.changed(session.id);
  return name;
}

/** Names are never used twice. */
function lastShell({ brain }: Daemon, session: string): number {
  const numbers = bundleNames(brain.paths, session)
    .filter(name => name.startsWith('shell-'))
    .map(name => Number(name.slice('shell-'.length)));
  return Math.max(0, ...numbers);
}
