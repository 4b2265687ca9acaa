import { resolve } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
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
    host: bundle => readerOf({ system, dist, bundle }),
    faces,
  };
}

/** Where the user stands: `npm start` changes into the package's folder and tells where it was called. */
function standsIn(system: System): string {
  const { npm_lifecycle_event: script, npm_package_name: name, INIT_CWD: called } = system.env;
  return script === 'start' && name === 'tutti' && called ? called : system.cwd();
}

async function connectTo(options: {
  readonly system: System;
  readonly dist: string;
  readonly start: boolean;
}): Promise<Client> {
  const { connectToDaemon } = await import('./connect.ts');
  // A command that waits for ever for a daemon that can't start would help nobody.
  return connectToDaemon({ ...options, kind: 'command', cwd: standsIn(options.system), patienceMs: 20_000 });
}

async function readerOf(options: {
  readonly system: System;
  readonly dist: string;
  readonly bundle: string;
}): Promise<HostReader> {
  const { connectToHost } = await import('./connect.ts');
  const connection = await connectToHost({ ...options, kind: 'command', client: `command-${options.system.pid}` });
  return {
    readScreen: async scrollback => (await connection.request('screen/read', { scrollback })).lines,
    close: () => connection.close(),
  };
}
