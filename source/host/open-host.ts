import { existsSync, watch } from 'node:fs';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { HostParams } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { SPOKEN_PROTOCOL } from '../system/build.ts';
import { holdsClaim, writeHostRecord } from '../system/bundle.ts';
import { killPoint } from '../system/kill-point.ts';
import type { ProcessTable } from '../system/process-identity.ts';
import { within } from '../system/within.ts';
import { endProgram } from './end-program.ts';
import { findProgram } from './find-program.ts';
import { Host } from './host.ts';
import { HostClient } from './host-client.ts';
import type { HostLog } from './host-log.ts';
import { answerRequest, hostMethods, welcome } from './host-requests.ts';
import { listen, removeSocket } from './host-server.ts';
import { loadPtyBinding } from './pty-binding.ts';

export interface OpenHostOptions {
  readonly params: HostParams;
  readonly hostPid: number;
  readonly hostStart: string;
  /** Folder with our script and the native files. */
  readonly runtime: string;
  readonly table: ProcessTable;
  readonly now: () => number;
  readonly log: HostLog;
}

/** Answers that are on their way still go out. */
const LAST_WORDS_MS = 50;

const LOST_GRACE_MS = 3000;

/** Who starts us waits for our word. */
const FAILED_GRACE_MS = 1000;

/**
 * Listens, starts the program and writes the record; answers the program's pid. First the socket, so that a host that can't be
 * reached starts no program; last the record, so that what it says is true.
 */
export async function openHost(options: OpenHostOptions): Promise<number> {
  const { params, runtime, table, now, log } = options;
  const file = findProgram({ program: params.argv[0], cwd: params.cwd, env: params.env });
  const binding = loadPtyBinding(join(runtime, 'pty.node'));
  const server = await listen(params.socket, socket => serve(socket));
  const host = new Host({
    params,
    file,
    binding,
    helper: join(runtime, 'spawn-helper'),
    now,
    say: line => log.say(line),
    onLeave: () => {
      removeSocket(join(params.bundle, 'sock'));
      server.close();
      setTimeout(() => process.exit(0), LAST_WORDS_MS);
    },
  });
  killPoint('host:spawned');
  const build = basename(runtime);
  const methods = hostMethods(host, table);
  const serve = (socket: Socket) => {
    const client = new HostClient({
      socket,
      onHello: hello => welcome({ host, build, hello }),
      onGreeted: greeted => host.arrived(greeted),
      onRequest: (method, given, from) => answerRequest({ methods, method, given, client: from }),
      onInput: (input, from) => host.input(input, from),
      onClosed: gone => host.left(gone),
      snapshot: scrollback => host.program.snapshot(scrollback),
      say: line => log.say(line),
    });
    host.clients.add(client);
  };

  try {
    announce(host, options);
  } catch (thrown) {
    // Nobody would find it: a program that runs on unseen is worse than none.
    server.close();
    removeSocket(join(params.bundle, 'sock'));
    await end(host, table, FAILED_GRACE_MS);
    throw thrown;
  }
  // A machine that shuts down ends the program as well. Until then we stay, afterwards nobody waits for us.
  process.on('SIGTERM', () => host.leaveWhenEnded());
  return host.program.pid;
}

/** Writes the record: from now on whoever looks finds this host. */
function announce(host: Host, { params, hostPid, hostStart, runtime, table }: OpenHostOptions): void {
  if (!holdsClaim(params.bundle, { pid: hostPid, start: hostStart })) {
    throw new TuttiError('conflict', `The bundle ${params.bundle} was removed while its host started.`);
  }
  const { session, name, role, argv, cwd, secret } = params;
  const { pid: programPid } = host.program;
  try {
    writeHostRecord(params.bundle, {
      protocol: SPOKEN_PROTOCOL,
      build: basename(runtime),
      session,
      name,
      role,
      argv,
      cwd,
      hostPid,
      hostStart,
      programPid,
      programStart: table.startOf(programPid) ?? '',
      startedAt: host.startedAt,
      secret,
      runtime,
    });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new TuttiError('failed', `The host ${name} could not write its record, so its program was ended: ${why}.`, {
      cause,
    });
  }
  killPoint('host:recorded');
  endWhenLost(host, table);
}

function end(host: Host, table: ProcessTable, graceMs: number): Promise<void> {
  const { pid, tty } = host.program;
  return endProgram({ pid, tty, graceMs, table, gone: ms => within(ms, host.exited()) });
}

/** Without its bundle nobody finds this host again. The record never changes, so that watching it costs nothing. */
function endWhenLost(host: Host, table: ProcessTable): void {
  const record = join(host.params.bundle, 'host.json');
  const watcher = watch(record, () => {
    if (existsSync(record)) return;
    watcher.close();
    // One that has ended long ago: its number may be somebody else's by now.
    const isOver = host.program.exit !== undefined;
    host.say(`the bundle is gone${isOver ? '' : ', so the program is ended'}`);
    host.leaveWhenEnded();
    if (!isOver) void end(host, table, LOST_GRACE_MS);
  });
  watcher.on('error', error => host.say(`the bundle can't be watched: ${error.message}`));
}
