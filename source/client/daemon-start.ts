import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync, watch } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { TuttiError } from '../protocol/rpc.ts';
import { withoutMark } from '../protocol/session-mark.ts';
import { daemonDial } from '../system/daemon-dial.ts';
import { makeDirectory } from '../system/make-directory.ts';
import type { Paths } from '../system/paths.ts';
import { wasStopped } from '../system/stop-mark.ts';
import type { System } from '../system/system.ts';

export type DialSystem = Pick<System, 'uid' | 'pid' | 'platform'>;

export interface DaemonProgram {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** When this build was made, milliseconds since the epoch. */
  readonly builtAt: number | undefined;
}

/** What a daemon prints on its stdout, once. `held`: another one has the lock and is there, or soon. `stopped`: only to hosts. */
export type ReadyLine =
  | { readonly ready: true }
  | { readonly ready: false; readonly why: 'held' | 'stopped' }
  | { readonly ready: false; readonly why: 'failed'; readonly message: string };

/** Until a daemon that somebody else starts is there; recovery of a large fleet takes a second. */
const HELD_MS = 2000;
/** Until a daemon of our own has said its line. */
const READY_MS = 20_000;

/** Undefined where no daemon listens. */
export function dialDaemon(paths: Paths, system: DialSystem): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(daemonDial(paths, system));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED') resolve(undefined);
      else reject(new TuttiError('unavailable', `The daemon's socket can't be dialled: ${cause.message}.`, { cause }));
    });
  });
}

/**
 * Starts a daemon and lets go of it once it has said that it is ready. When several clients do so at once, one daemon gets the
 * lock; the others wait for its socket. `unavailable` means: try again.
 */
export async function startDaemon(
  { paths, system }: { readonly paths: Paths; readonly system: DialSystem },
  program: DaemonProgram,
): Promise<Socket> {
  makeDirectory(paths.data, 0o700);
  makeDirectory(paths.logs, 0o700);
  const appeared = socketAppeared(paths);
  try {
    const line = await launch(paths, program);
    if (!line.ready && line.why === 'failed') throw new TuttiError('failed', line.message);
    if (!line.ready) await appeared.wait();
    const socket = await dialDaemon(paths, system);
    if (!socket)
      throw new TuttiError(
        'unavailable',
        `The daemon went away right after its start; its words are in ${paths.logs}.`,
      );
    return socket;
  } finally {
    appeared.stop();
  }
}

/**
 * For a program of a session, which starts none: it would live on in the environment and the sandbox of an agent. One that is lost is
 * brought by the host of that agent, but where the user has ended it only by him: that is a `conflict`. `unavailable` means: try again.
 */
export async function waitForDaemon({
  paths,
  system,
}: {
  readonly paths: Paths;
  readonly system: DialSystem;
}): Promise<Socket> {
  if (wasStopped(paths))
    throw new TuttiError(
      'conflict',
      'The user has ended the daemon of tutti, and a program of a session starts none: he does, by any tutti in a terminal of his own.',
    );
  makeDirectory(paths.data, 0o700);
  await awaitDaemon(paths);
  const socket = await dialDaemon(paths, system);
  if (socket) return socket;
  throw new TuttiError(
    'unavailable',
    'No daemon of tutti runs, and a program of a session starts none: the host of its agent does within seconds, if that runs; else the user does, by any tutti in a terminal of his own.',
  );
}

function launch(paths: Paths, program: DaemonProgram): Promise<ReadyLine> {
  const log = openSync(join(paths.logs, 'daemon.stderr'), 'a', 0o600);
  const [command, ...args] = program.argv;
  const child = spawn(command, args, {
    detached: true,
    cwd: '/',
    // It is everybody's, whoever starts it.
    env: withoutMark(program.env),
    stdio: ['ignore', 'pipe', log],
  }) as ChildProcessByStdio<null, Readable, null>;
  closeSync(log);
  let deadline: NodeJS.Timeout | undefined;
  return new Promise<ReadyLine>((resolve, reject) => {
    const fail = (why: string) =>
      reject(
        new TuttiError('unavailable', `The daemon did not start: ${command} ${why}; its words are in ${paths.logs}.`),
      );
    let said = '';
    deadline = setTimeout(() => fail('said nothing'), READY_MS);
    child.once('error', cause => fail(cause.message));
    // Its line may still lie in the pipe when it has ended: another one had the lock.
    child.once('close', (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`));
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const end = said.indexOf('\n');
      if (end !== -1) resolve(JSON.parse(said.slice(0, end)) as ReadyLine);
    });
  }).finally(() => {
    clearTimeout(deadline);
    child.removeAllListeners();
    // What goes wrong from now on is the daemon's own affair.
    child.on('error', () => {});
    child.stdout.destroy();
    child.unref();
  });
}

/** A daemon that somebody else is about to start, for a moment. */
export async function awaitDaemon(paths: Paths): Promise<void> {
  const appeared = socketAppeared(paths);
  try {
    await appeared.wait();
  } finally {
    appeared.stop();
  }
}

/** Watches for the socket from before the start on, so that it can't be missed. */
function socketAppeared(paths: Paths): { wait: () => Promise<void>; stop: () => void } {
  let seen = false;
  let tell = () => {};
  const watcher = watch(dirname(paths.daemonSocket), (_event, name) => {
    if (name !== 'daemon.sock') return;
    seen = true;
    tell();
  });
  return {
    wait: () =>
      new Promise(resolve => {
        const deadline = setTimeout(resolve, HELD_MS);
        tell = () => {
          clearTimeout(deadline);
          resolve();
        };
        if (seen) tell();
      }),
    stop: () => watcher.close(),
  };
}
