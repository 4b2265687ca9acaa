import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectOptions, connectDaemon, type DaemonConnection } from '../client/daemon-connection.ts';
import { connectHost, type HostConnection } from '../client/host-connection.ts';
import type { Hello } from '../protocol/hello.ts';
import { definedEnv } from '../system/defined-env.ts';
import { paths } from '../system/paths.ts';
import { ensureRuntime, readBuild } from '../system/runtime.ts';
import type { System } from '../system/system.ts';

/** What a connection is made for. In a file of its own with all that this takes, so that it is loaded in one go when it is asked for. */
interface For {
  readonly system: System;
  /** Folder of the build that runs. */
  readonly dist: string;
  readonly kind: Hello['kind'];
}

/** The daemon; `start`: one is started where none runs, from the runtime folder, with this environment. */
export function connectToDaemon({
  system,
  dist,
  kind,
  cwd,
  start,
  patienceMs,
}: For & Pick<ConnectOptions, 'cwd' | 'patienceMs'> & { readonly start: boolean }): Promise<DaemonConnection> {
  return connectDaemon({
    system,
    paths: paths(system),
    kind,
    build: buildIn(dist),
    ...(cwd === undefined ? {} : { cwd }),
    program: start ? daemonProgram(system, dist) : undefined,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
}

/** A session's host by the folder of its bundle. `client` names who asks, for leases and sizes. */
export function connectToHost({
  system,
  dist,
  kind,
  bundle,
  client,
}: For & { readonly bundle: string; readonly client: string }): Promise<HostConnection> {
  return connectHost({ bundle, paths: paths(system), system, client, kind, build: buildIn(dist) });
}

function daemonProgram(system: System, dist: string): NonNullable<ConnectOptions['program']> {
  return () => {
    const runtime = ensureRuntime({ paths: paths(system), system, dist, node: process.execPath });
    return {
      argv: [runtime.node, runtime.daemon],
      env: definedEnv(system.env),
      builtAt: statSync(join(dist, 'build.json'), { throwIfNoEntry: false })?.mtimeMs,
    };
  };
}

function buildIn(dist: string): string {
  const { version, hash } = readBuild(dist);
  return `${version}-${hash}`;
}
