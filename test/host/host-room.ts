import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connectHost, type HostConnection } from '../../source/client/host-connection.ts';
import { startHost } from '../../source/client/start-host.ts';
import type { Hello } from '../../source/protocol/hello.ts';
import type { HostParams, HostStarted } from '../../source/protocol/host.ts';
import { createBundle, readBundle, scanBundles } from '../../source/system/bundle.ts';
import { hostSocket } from '../../source/system/link-dir.ts';
import { type Paths, paths } from '../../source/system/paths.ts';
import { isRunning, processTable } from '../../source/system/process-identity.ts';
import { ensureRuntime, type Runtime } from '../../source/system/runtime.ts';
import { realSystem, type System } from '../../source/system/system.ts';
import { Screen } from '../../source/terminal/screen.ts';

const SECRET = 'secret-of-the-tests';

/** A home of its own with the runtime of a test build, in which real hosts run. At the test's end nothing of it is left. */
export interface HostRoom {
  readonly home: string;
  readonly paths: Paths;
  readonly system: System;
  readonly runtime: Runtime;
  readonly params: (given: Partial<HostParams> & Pick<HostParams, 'argv'>) => HostParams;
  readonly start: (
    given: Partial<HostParams> & Pick<HostParams, 'argv'>,
    options?: { readonly env?: Readonly<Record<string, string>> },
  ) => Promise<StartedHost>;
  readonly connect: (
    bundle: string,
    options?: { readonly client?: string; readonly kind?: Hello['kind'] },
  ) => Promise<HostConnection>;
}

export interface StartedHost {
  readonly bundle: string;
  readonly params: HostParams;
  readonly started: Extract<HostStarted, { ok: true }>;
}

export const table = processTable(process.platform);

let clients = 0;

export function hostRoom(build: string): HostRoom {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-host-')));
  const system: System = { ...realSystem(), home, env: { TUTTI_HOME: home } };
  const at = paths(system);
  const runtime = ensureRuntime({ dist: build, paths: at, system, node: process.execPath });
  const connections: HostConnection[] = [];
  let hosts = 0;

  onTestFinished(() => {
    for (const connection of connections) connection.close();
    for (const bundle of scanBundles(at)) {
      // A negative pid names the group; first the host, which would else note the end.
      endProcess(bundle.record?.hostPid ?? bundle.claim?.pid);
      endProcess(bundle.record && -bundle.record.programPid);
    }
    rmSync(home, { recursive: true, force: true });
    rmSync(at.link, { recursive: true, force: true });
  });

  const params: HostRoom['params'] = given => {
    hosts += 1;
    const name = given.name ?? `agent-${hosts}`;
    const session = given.session ?? 'aaaaaaaaaa';
    const bundle = given.bundle ?? createBundle(at, session, name);
    return {
      protocol: 1,
      session,
      name,
      role: 'agent',
      bundle,
      socket: hostSocket({ link: at.link, bundle, system }),
      secret: SECRET,
      cwd: home,
      env: { PATH: system.env.PATH ?? '/usr/bin:/bin', TERM: 'xterm-256color', HOME: home, PS1: '$ ' },
      columns: 80,
      rows: 24,
      scrollback: 200,
      shell: false,
      terminalName: 'tutti(test)',
      wake: undefined,
      wakeEnv: {},
      settleMs: 200,
      ...given,
    };
  };

  return {
    home,
    paths: at,
    system,
    runtime,
    params,
    start: async (given, options) => {
      const made = params(given);
      const started = await startHost(made, { node: runtime.node, script: runtime.host, env: options?.env ?? {} });
      if (!started.ok) throw new Error(started.message);
      return { bundle: made.bundle, params: made, started };
    },
    connect: async (bundle, options) => {
      clients += 1;
      const connection = await connectHost({
        bundle,
        paths: at,
        system,
        client: options?.client ?? `test-${process.pid}-${clients}`,
        kind: options?.kind ?? 'test',
        build: 'test',
      });
      connections.push(connection);
      return connection;
    },
  };
}

/** A client's copy of the screen, and a wait for what it shows. */
export interface Watched {
  readonly screen: Screen;
  readonly text: () => string;
  readonly until: (what: string, holds: (text: string) => boolean) => Promise<void>;
  /** Snapshots that came so far. */
  snapshots: number;
}

export async function watchScreen(connection: HostConnection, scrollback = 0): Promise<Watched> {
  const { columns, rows } = connection.welcome.status;
  let screen = new Screen({ columns, rows, scrollback: 1000 });
  const checks = new Set<() => void>();
  const watched = {
    get screen() {
      return screen;
    },
    text: () => screen.text({ scrollback }).join('\n'),
    until: (what: string, holds: (text: string) => boolean) =>
      waitUntil(what, { check: () => holds(watched.text()), checks, show: watched.text }),
    snapshots: 0,
  };
  const drawn = () => {
    for (const check of [...checks]) check();
  };
  connection.on('snapshot', snapshot => {
    screen = new Screen({ columns: snapshot.columns, rows: snapshot.rows, scrollback: 1000 });
    screen.feed(snapshot.bytes);
    screen.sequence = snapshot.sequence;
    watched.snapshots += 1;
    drawn();
  });
  connection.on('output', output => {
    if (output.sequence !== screen.sequence) throw new Error(`bytes from ${output.sequence}, not ${screen.sequence}`);
    screen.feed(output.bytes);
    drawn();
  });
  connection.on('resized', ({ columns, rows }) => {
    screen.resize(columns, rows);
    drawn();
  });
  await connection.request('screen/watch', { scrollback });
  return watched;
}

/** Waits for a named condition; what it depends on calls the checks. */
export function waitUntil(
  what: string,
  options: {
    readonly check: () => boolean;
    readonly checks: Set<() => void>;
    readonly show?: () => string;
    readonly withinMs?: number;
  },
): Promise<void> {
  const { check, checks, show, withinMs = 10_000 } = options;
  return new Promise((resolve, reject) => {
    const done = () => {
      if (!check()) return;
      clearTimeout(deadline);
      checks.delete(done);
      resolve();
    };
    const deadline = setTimeout(() => {
      checks.delete(done);
      reject(new Error(`not within ${withinMs} ms: ${what}\n${show?.() ?? ''}`));
    }, withinMs);
    checks.add(done);
    done();
  });
}

/**
 * Waits until a process is gone. It is asked again and again, here only and not in tutti: a host is let go by its starter, so nobody is
 * told of its end, Node waits for no process that is not its child (no pidfd, no kqueue), and /proc cannot be watched.
 */
export async function untilGone(pid: number, start: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (isRunning(table, { pid, start })) {
    if (Date.now() > deadline) throw new Error(`the process ${pid} is still there`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** What stands in a file, once something does. Its folder is there. */
export async function untilFile(path: string): Promise<string> {
  const checks = new Set<() => void>();
  const watcher = watch(dirname(path), () => {
    for (const check of [...checks]) check();
  });
  const text = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  try {
    await waitUntil(`${path} is there`, { check: () => text() !== '', checks });
    return text();
  } finally {
    watcher.close();
  }
}

export function record(bundle: string) {
  const found = readBundle(bundle).record;
  if (!found) throw new Error(`no host.json in ${bundle}`);
  return found;
}

function endProcess(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
