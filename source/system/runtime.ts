import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { HostRecord } from '../protocol/host.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { syncDirectory } from './atomic-write.ts';
import { scanBundles } from './bundle.ts';
import { findNatives } from './natives.ts';
import type { Paths } from './paths.ts';
import { privateDirectory } from './private-dir.ts';
import { isRunning, processTable } from './process-identity.ts';
import { runtimeNode, writeRuntimeNode } from './runtime-node.ts';
import type { System } from './system.ts';

/** A copy of everything that runs for long, so that an upgrade or `npm ci` pulls no floor away from under it. */
export interface Runtime {
  readonly folder: string;
  /** `<version>-<hash>`: the name of the folder, and the `build` of a hello. */
  readonly build: string;
  readonly version: string;
  readonly hash: string;
  /** A node that is there. */
  readonly node: string;
  readonly daemon: string;
  readonly host: string;
  readonly demoAgent: string;
  /** Native binding of @parcel/watcher. */
  readonly watcher: string;
}

const SCRIPTS = ['daemon.mjs', 'daemon-bundle.mjs', 'host.cjs', 'host-bundle.cjs', 'demo-agent.mjs'];

/** What node keeps of the code that it has compiled; a build may bring one along. */
const COMPILE_CACHE = 'compile-cache';

/** A runtime that somebody just made or asked for may be about to be started: it stays for this long. */
const GRACE_MS = 60 * 60 * 1000;

export interface RuntimeOptions {
  readonly paths: Pick<Paths, 'data' | 'runtime' | 'sessions'>;
  readonly system: Pick<System, 'now' | 'uid' | 'platform' | 'env'>;
}

/**
 * The runtime of the build in this folder (`dist`), made now where it is not there yet. It appears whole or not at all: a temp
 * folder is filled, flushed and renamed, and who comes second throws his copy away.
 */
export function ensureRuntime(options: RuntimeOptions & { readonly dist: string; readonly node: string }): Runtime {
  const { paths, system, dist, node } = options;
  const build = readBuild(dist);
  const folder = join(paths.runtime, `${build.version}-${build.hash}`);
  privateDirectory(paths.data, system.uid);
  privateDirectory(paths.runtime, system.uid);
  if (!existsSync(join(folder, 'build.json'))) fill({ folder, dist, node, platform: system.platform });
  const now = system.now() / 1000;
  utimesSync(folder, now, now);
  return openRuntime(folder, node);
}

/** The runtime in this folder, for a process that runs from it. `node` is the caller's own, in case the named one is gone. */
export function openRuntime(folder: string, node: string): Runtime {
  const { version, hash } = readBuild(folder);
  return {
    folder,
    build: basename(folder),
    version,
    hash,
    node: runtimeNode(folder, node),
    daemon: join(folder, 'daemon.mjs'),
    host: join(folder, 'host.cjs'),
    demoAgent: join(folder, 'demo-agent.mjs'),
    watcher: join(folder, 'watcher.node'),
  };
}

/** Removes the runtimes that no living host was started from. Called by the daemon, which keeps its own. */
export function removeUnusedRuntimes(options: RuntimeOptions & { readonly keep: readonly string[] }): string[] {
  const { paths, system, keep } = options;
  const table = processTable(system.platform);
  const bundles = scanBundles(paths);
  // A host that is just being made does not say yet where it comes from.
  if (bundles.some(({ record, claim }) => !record && claim && isRunning(table, claim))) return [];
  const lives = ({ hostPid, hostStart }: HostRecord) => isRunning(table, { pid: hostPid, start: hostStart });
  const used = new Set([...keep, ...bundles.flatMap(({ record }) => (record && lives(record) ? record.runtime : []))]);
  const removed: string[] = [];
  for (const name of existsSync(paths.runtime) ? readdirSync(paths.runtime) : []) {
    const folder = join(paths.runtime, name);
    const at = usedAt(folder);
    if (at === undefined || used.has(folder) || system.now() - at < GRACE_MS) continue;
    if (removeRuntime(folder)) removed.push(folder);
  }
  return removed;
}

/** False where it can't be removed now, or somebody else does it: it is looked at again at the next start. */
function removeRuntime(folder: string): boolean {
  const name = basename(folder);
  const gone = name.startsWith('.') ? folder : join(folder, '..', `.gone-${name}`);
  try {
    if (gone !== folder) {
      // What an earlier removal has left half done.
      rmSync(gone, { recursive: true, force: true });
      renameSync(folder, gone);
    }
    rmSync(gone, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

/** Undefined: it went while it was looked at. */
function usedAt(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
}

export function readBuild(folder: string): { readonly version: string; readonly hash: string } {
  try {
    return JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8'));
  } catch (cause) {
    throw new TuttiError(
      'failed',
      `tutti's own files in ${folder} can't be read: ${(cause as Error).message}. Install tutti again.`,
      { cause },
    );
  }
}

function fill(options: {
  readonly folder: string;
  readonly dist: string;
  readonly node: string;
  readonly platform: NodeJS.Platform;
}): void {
  const { folder, dist, node, platform } = options;
  const parent = join(folder, '..');
  const temporary = mkdtempSync(join(parent, `.new-${basename(folder)}-`));
  try {
    for (const name of [...SCRIPTS, 'build.json']) copy(join(dist, name), join(temporary, name));
    for (const [name, from] of findNatives(dist, platform)) copy(from, join(temporary, name));
    const brought = join(dist, COMPILE_CACHE);
    if (existsSync(brought)) cpSync(brought, join(temporary, COMPILE_CACHE), { recursive: true });
    writeRuntimeNode(temporary, node);
    syncDirectory(temporary);
    renameSync(temporary, folder);
    syncDirectory(parent);
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    // Somebody else was quicker.
    if (existsSync(join(folder, 'build.json'))) return;
    if (cause instanceof TuttiError) throw cause;
    throw new TuttiError('failed', `tutti's runtime can't be copied to ${folder}: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

function copy(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o700);
  const file = openSync(to, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
