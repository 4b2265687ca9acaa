import { resolve } from 'node:path';
import type { ConnectOptions } from '../client/daemon-connection.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { definedEnv } from '../system/defined-env.ts';
import { paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';
import type { Client, Context, HostReader, Streams } from './context.ts';
import { faces } from './faces.ts';

/** The context of a real start. What it takes to reach the daemon or a host is loaded when it is asked for. */
export function realContext(options: {
  readonly system: System;
  readonly terminal: Streams;
  /** Folder of the build that runs. */
  readonly dist: string;
}): Context {
  const { system, terminal, dist } = options;
  const at = paths(system);
  const connect = (start: boolean) => connectTo({ system, dist, start });
  return {
    system,
    paths: at,
    dist,
    get cwd() {
      return standsIn(system);
    },
    path: given => (given?.startsWith('/') ? resolve(given) : resolve(standsIn(system), given ?? '.')),
    terminal,
    settings: async () => (await import('../store/settings.ts')).readSettings(at),
    connect: () => connect(true),
    connectIfRunning: async () => {
      try {
        return await connect(false);
      } catch (thrown) {
        if (thrown instanceof TuttiError && thrown.kind === 'notFound') return undefined;
        throw thrown;
      }
    },
    host: bundle => connectToHost({ system, dist, bundle }),
    faces,
  };
}

/** Where the user stands: `npm start` changes into the package's folder and tells where it was called. */
function standsIn(system: System): string {
  const { npm_lifecycle_event: script, npm_package_name: name, INIT_CWD: called } = system.env;
  return script === 'start' && name === 'tutti' && called ? called : system.cwd();
}

async function connectTo(options: { system: System; dist: string; start: boolean }): Promise<Client> {
  const { system, dist, start } = options;
  const [{ connectDaemon }, { readBuild }] = await Promise.all([
    import('../client/daemon-connection.ts'),
    import('../system/runtime.ts'),
  ]);
  const { version, hash } = readBuild(dist);
  return connectDaemon({
    system,
    paths: paths(system),
    kind: 'command',
    build: `${version}-${hash}`,
    cwd: standsIn(system),
    program: start ? daemonProgram(system, dist) : undefined,
    // A command that waits for ever for a daemon that can't start would help nobody.
    patienceMs: 20_000,
  });
}

/** How a daemon is started: from the runtime folder, with the environment of whoever needs it first. */
export function daemonProgram(system: System, dist: string): NonNullable<ConnectOptions['program']> {
  return async () => {
    const [{ ensureRuntime }, { statSync }, { join }] = await Promise.all([
      import('../system/runtime.ts'),
      import('node:fs'),
      import('node:path'),
    ]);
    const runtime = ensureRuntime({ paths: paths(system), system, dist, node: process.execPath });
    return {
      argv: [runtime.node, runtime.daemon],
      env: definedEnv(system.env),
      builtAt: statSync(join(dist, 'build.json'), { throwIfNoEntry: false })?.mtimeMs,
    };
  };
}

async function connectToHost(options: { system: System; dist: string; bundle: string }): Promise<HostReader> {
  const { system, dist, bundle } = options;
  const [{ connectHost }, { readBuild }] = await Promise.all([
    import('../client/host-connection.ts'),
    import('../system/runtime.ts'),
  ]);
  const { version, hash } = readBuild(dist);
  const connection = await connectHost({
    bundle,
    paths: paths(system),
    system,
    client: `command-${system.pid}`,
    kind: 'command',
    build: `${version}-${hash}`,
  });
  return {
    readScreen: async scrollback => (await connection.request('screen/read', { scrollback })).lines,
    close: () => connection.close(),
  };
}
