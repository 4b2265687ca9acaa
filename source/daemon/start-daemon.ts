import { existsSync } from 'node:fs';
import type { ReadyLine } from '../client/daemon-start.ts';
import { isSettled } from '../session/reduce-run.ts';
import type { Session } from '../session/session.ts';
import { wakesAt } from '../session/snooze.ts';
import { Ledger } from '../store/ledger.ts';
import { takeLock } from '../store/lock.ts';
import { SPOKEN_PROTOCOL } from '../system/build.ts';
import { daemonDial } from '../system/daemon-dial.ts';
import { openLog } from '../system/log.ts';
import type { Paths } from '../system/paths.ts';
import { privateDirectory } from '../system/private-dir.ts';
import { type Runtime, removeUnusedRuntimes } from '../system/runtime.ts';
import { forgetStop, wasStopped } from '../system/stop-mark.ts';
import type { System } from '../system/system.ts';
import { assemble } from './assemble.ts';
import type { ClientLink } from './client-link.ts';
import { daemonSecret } from './daemon-secret.ts';
import { Lifetime } from './lifetime.ts';
import { answerRequest } from './methods/method-table.ts';
import { endUnwanted, recover } from './recovery.ts';
import { type DaemonServer, listen } from './server.ts';
import { startOfMark } from './session-pass.ts';
import { SessionRecords } from './session-record.ts';

export interface DaemonOptions {
  readonly system: System;
  readonly paths: Paths;
  readonly runtime: Runtime;
  /** Without anything to do it ends after this. */
  readonly idleMs: number;
  /** A host started it, not a client: it gives way to a user who has ended the last one. */
  readonly woken: boolean;
}

export interface RunningDaemon {
  readonly line: ReadyLine;
  /** Ends it; agents go on. */
  readonly end: () => void;
  /** Settles when it has ended, by itself or by `end`. */
  readonly ended: Promise<void>;
}

/** What is being done may take this long at the end; what takes longer is found half done by the next daemon. */
const STOP_MS = 10_000;

/**
 * Lock, ledger, recovery, socket: the only way a daemon starts. Another one that has the lock is no error. Before its first line
 * it has looked at every session.
 */
export async function startDaemon(options: DaemonOptions): Promise<RunningDaemon | { readonly line: ReadyLine }> {
  const { system, paths, runtime, woken } = options;
  privateDirectory(paths.data, system.uid);
  if (!woken) forgetStop(paths);
  else if (wasStopped(paths)) return { line: { ready: false, why: 'stopped' } };
  const lock = takeLock(paths.lock);
  if (!lock) return { line: { ready: false, why: 'held' } };
  // The last one, which was told to end, may have had the lock until now.
  if (woken && wasStopped(paths)) {
    lock.release();
    return { line: { ready: false, why: 'stopped' } };
  }
  const log = openLog({ paths, system, name: 'daemon' });
  const records = new SessionRecords(paths);
  const { ledger, rebuilt } = openLedger(options, records);
  let server: DaemonServer | undefined;
  let ending = false;
  const { promise: ended, resolve: wasEnded } = Promise.withResolvers<void>();
  const secret = daemonSecret(paths, system);
  const daemon = assemble({
    secret,
    system,
    paths,
    runtime,
    log,
    ledger,
    records,
    clients: () => server?.clients ?? new Set(),
    onChanged: () => {
      if (!ending) lifetime.look();
    },
    end: by => void end(by),
  });
  const lifetime = new Lifetime({
    idleMs: options.idleMs,
    isNeeded: () =>
      (server?.clients.size ?? 0) > 0 ||
      daemon.brain.hosts.count > 0 ||
      daemon.loop.busy ||
      daemon.feed.hasNews ||
      daemon.notifier.waits ||
      ledger.sessions().some(session => goesOn(session) || wakesAt(session, system.now()) !== undefined),
    end: () => void end(),
  });
  const end = async (by?: ClientLink) => {
    if (ending) return;
    ending = true;
    for (const client of server?.clients ?? []) if (client !== by) client.notify('daemon/ending', null);
    lifetime.stop();
    await daemon.loop.stop(STOP_MS);
    daemon.notifier.stop();
    daemon.keeper.stop();
    daemon.feed.stop();
    await server?.close(by);
    await daemon.brain.hosts.leaveAll();
    await daemon.changes.close();
    ledger.close();
    lock.release();
    // Who asked for it may take the lock now.
    by?.endSoon();
    wasEnded();
  };

  for (const text of rebuilt) daemon.feed.raise({ tone: 'failure', session: undefined, text });
  const found = await recover(daemon.brain);
  for (const { id } of ledger.sessions()) daemon.loop.happen(id, found.get(id) ?? []);
  server = await listen({
    path: daemonDial(paths, system),
    secret,
    welcome: () => ({
      protocol: SPOKEN_PROTOCOL,
      build: runtime.build,
      capabilities: ['rights'],
    }),
    startOf: mark => startOfMark({ paths, secret }, mark, id => ledger.session(id)),
    answer: (method, params, client) => answerRequest(daemon, { method, params, client }),
    onArrived: client => {
      lifetime.look();
      // After the welcome.
      if (daemon.brain.environments.isWanted) setImmediate(() => client.notify('environment/wanted', null));
    },
    onLost: cause => {
      log.error({ err: cause }, 'the socket was taken away');
      void end();
    },
    onLeft: client => {
      daemon.feed.unwatch(client);
      lifetime.look();
    },
  });
  void endUnwanted(daemon.brain);
  removeUnusedRuntimes({ paths, system, keep: [runtime.folder] });
  lifetime.look();
  log.info({ build: runtime.build, sessions: ledger.sessions().length, hosts: daemon.brain.hosts.count }, 'ready');
  return { line: { ready: true }, end: () => void end(), ended };
}

/**
 * A ledger that is damaged or gone is rebuilt from what each session's directory says. So is what a healthy one lacks: a record is
 * only written after the ledger, so one that is unknown or newer means that the ledger was put back from a copy.
 */
function openLedger(
  { paths, system }: DaemonOptions,
  records: SessionRecords,
): { readonly ledger: Ledger; readonly rebuilt: readonly string[] } {
  const isNew = !existsSync(paths.ledger);
  const { ledger, damaged } = Ledger.open(paths.ledger, system.now());
  const found = records.read().filter(({ id, version }) => version > (ledger.session(id)?.version ?? 0));
  for (const session of found) ledger.adopt(session);
  if (found.length === 0) return { ledger, rebuilt: [] };
  const what = found.length === 1 ? '1 session was' : `${found.length} sessions were`;
  const rebuilt = `${what} rebuilt from ${found.length === 1 ? 'its directory' : 'their directories'}.`;
  if (damaged !== undefined) {
    return { ledger, rebuilt: [`The ledger was damaged and lies in ${damaged} now: ${rebuilt}`] };
  }
  return { ledger, rebuilt: [`The ledger ${isNew ? 'was gone' : 'is older than its sessions'}: ${rebuilt}`] };
}

/** Its run goes on without anybody. */
function goesOn({ life, run }: Session): boolean {
  return life.name === 'live' && run !== undefined && !isSettled(run) && (!run.held || run.held.why === 'limit');
}
