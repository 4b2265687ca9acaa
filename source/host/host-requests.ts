import type { Hello } from '../protocol/hello.ts';
import type { HostRequests, HostStatus } from '../protocol/host.ts';
import type { ProgramServer } from '../protocol/program-server.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { OLDEST_PROTOCOL } from '../protocol/version.ts';
import { SPOKEN_PROTOCOL } from '../system/build.ts';
import type { ProcessTable } from '../system/process-identity.ts';
import { isSameSecret } from '../system/same-secret.ts';
import { within } from '../system/within.ts';
import { createGrid } from '../terminal/cells.ts';
import { drawRows } from '../terminal/draw-rows.ts';
import { readServer } from './ask-server.ts';
import { calm } from './calm.ts';
import { endProgram, signalGroup } from './end-program.ts';
import type { Host } from './host.ts';
import type { HostClient } from './host-client.ts';
import { newestWithin } from './last-lines.ts';
import { PromptDesk } from './prompt-desk.ts';

type Params<Method extends keyof HostRequests> = HostRequests[Method]['params'];
type Result<Method extends keyof HostRequests> = HostRequests[Method]['result'];

/** What a host answers, one entry for each request of the contract. */
export type HostMethods = {
  readonly [Method in Exclude<keyof HostRequests, 'client/hello'>]: (
    params: Params<Method>,
    client: HostClient,
  ) => Result<Method> | Promise<Result<Method>>;
};

/** Results stay well below the longest frame, with what JSON adds to them. */
const MOST_RESULT = 600 * 1024;

const SIGNALS = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGCONT']);

export function hostMethods(host: Host, table: ProcessTable): HostMethods {
  const { program, lease } = host;
  const desk = new PromptDesk(host);
  return {
    'client/leave': (_params, client) => {
      client.saidGoodbye = true;
      return null;
    },
    'screen/watch': ({ scrollback }, client) => {
      client.watch(Math.max(0, Math.min(Number(scrollback) || 0, host.params.scrollback)));
      return null;
    },
    'screen/unwatch': (_params, client) => {
      client.unwatch();
      return null;
    },
    'screen/read': async ({ scrollback, calmMs }) => {
      if (Number(calmMs) > 0) await calm(Number(calmMs), host);
      return {
        lines: newestWithin(program.screen.text({ scrollback: Math.max(0, Number(scrollback) || 0) }), MOST_RESULT),
        sequence: program.screen.sequence,
      };
    },
    'screen/draw': async ({ calmMs }) => {
      await calm(Number(calmMs), host);
      const { columns, rows } = program.screen;
      const grid = createGrid(columns, rows);
      program.screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
      return { rows: drawRows(grid) };
    },
    'screen/test': ({ rule }) => ({ holds: program.screen.test(rule) }),
    'event/watch': (_params, client) => {
      client.watchesEvents = true;
      return fitStatus(host.status());
    },
    'input/write': ({ operation, by, base64 }, client) =>
      desk.write({ operation, by, bytes: Buffer.from(base64, 'base64'), client: client.id }),
    'keys/press': keys => desk.press(keys),
    'prompt/deliver': prompt => desk.deliver(prompt),
    'prompt/cancel': ({ operation }) => {
      desk.cancel(operation);
      return null;
    },
    'prompt/putBack': ({ operation }) => {
      desk.putBack(operation);
      return null;
    },
    'operation/find': async ({ operation }) => ({ result: await desk.operations.find(operation) }),
    'server/read': async asked => ({ found: await readServer(serverOf(host), asked) }),
    'server/answer': answer => desk.answer(serverOf(host), answer),
    'program/environment': () => host.params.env,
    'hook/answer': async ({ id, text }) => ({ answered: (await host.hooks?.answer(id, text)) ?? false }),
    'lease/giveBack': () => {
      lease.giveBack();
      return lease.lease;
    },
    'pty/resize': ({ columns, rows, why }, client) =>
      host.resize({ client: client.id, size: { columns: bounded(columns, 1000), rows: bounded(rows, 500) }, why }),
    'terminal/describe': colors => {
      program.describeTerminal(colors);
      return null;
    },
    'process/signal': ({ signal }) => {
      if (!SIGNALS.has(signal)) throw new TuttiError('usage', `The signal ${signal} can't be sent to a program.`);
      if (!program.exit) signalGroup(program.pid, signal);
      return null;
    },
    'process/end': async ({ graceMs }) => {
      if (program.exit) return program.exit;
      program.rules.catchUp();
      await endProgram({ pid: program.pid, tty: program.tty, graceMs, table, gone: ms => within(ms, host.exited()) });
      if (program.exit) return program.exit;
      throw new TuttiError(
        'failed',
        `The program ${program.pid} did not end, not even by SIGKILL: the system holds it.`,
      );
    },
    'exit/acknowledge': () => {
      if (!program.exit) {
        throw new TuttiError('conflict', `The program of ${host.params.name} still runs, so its end can't be noted.`);
      }
      // After the answer has been written.
      setImmediate(() => host.leave());
      return null;
    },
  };
}

export function answerRequest(options: {
  readonly methods: HostMethods;
  readonly method: string;
  readonly given: unknown;
  readonly client: HostClient;
}): unknown {
  const { methods, method, given, client } = options;
  const act = Object.hasOwn(methods, method) ? methods[method as keyof HostMethods] : undefined;
  if (act) return (act as (given: unknown, client: HostClient) => unknown)(given ?? {}, client);
  throw new TuttiError('notSupported', `This host does not know ${method}; restart its program to get a newer one.`);
}

/** Who does not know the secret, or speaks too old a protocol, learns nothing but that. */
export function welcome(options: {
  readonly host: Host;
  /** `<version>-<hash>` that this host was built as. */
  readonly build: string;
  readonly hello: Hello;
}): Result<'client/hello'> {
  const { host, build, hello } = options;
  if (!isSameSecret(hello?.secret, host.params.secret)) {
    throw new TuttiError('conflict', `The host ${host.params.name} was not told the secret of its bundle.`);
  }
  if (!(hello.protocol >= OLDEST_PROTOCOL)) {
    throw new TuttiError(
      'notSupported',
      `The host ${host.params.name} speaks the protocols ${OLDEST_PROTOCOL} to ${SPOKEN_PROTOCOL} and not ${hello.protocol}; use a newer tutti.`,
    );
  }
  if (typeof hello.client !== 'string' || hello.client === '') {
    throw new TuttiError('usage', `The host ${host.params.name} was not told who its client is.`);
  }
  return { protocol: SPOKEN_PROTOCOL, build, capabilities: [], status: fitStatus(host.status()) };
}

function serverOf({ params }: Host): ProgramServer {
  if (params.server) return params.server;
  throw new TuttiError('notSupported', `The program of ${params.name} has no server of its own that could be asked.`);
}

/** A program can fill 256 events and 256 records with long texts: then the oldest events are left out. */
function fitStatus(status: HostStatus): HostStatus {
  let events = status.events;
  while (events.length > 0 && JSON.stringify({ ...status, events }).length > MOST_RESULT) {
    events = events.slice(Math.ceil(events.length / 2));
  }
  return { ...status, events };
}

function bounded(number: number, most: number): number {
  if (!Number.isInteger(number)) throw new TuttiError('usage', `A terminal can't have the size ${number}.`);
  return Math.max(1, Math.min(number, most));
}
