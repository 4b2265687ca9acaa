import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';

/** Native files of the packages that were installed with the build in this folder: name in a runtime → where it lies now. */
export function findNatives(dist: string, platform: NodeJS.Platform): readonly (readonly [string, string])[] {
  const pty = findPty(dist, platform);
  const helper = join(dirname(pty), 'spawn-helper');
  return [
    ['pty.node', pty],
    ...(platform === 'darwin' ? [['spawn-helper', helper] as const] : []),
    ['watcher.node', findWatcher(dist, platform)],
  ];
}

/** node-pty's own binary: one that was compiled on this machine, else the prebuilt one. */
function findPty(from: string, platform: NodeJS.Platform): string {
  const folder = packageFolder(join(from, 'host.cjs'), 'node-pty');
  const places = ['build/Release', `prebuilds/${platform}-${process.arch}`];
  return first(
    places.map(place => folder && join(folder, place, 'pty.node')),
    'node-pty',
  );
}

function findWatcher(from: string, platform: NodeJS.Platform): string {
  const folder = packageFolder(join(from, 'daemon.mjs'), '@parcel/watcher');
  // npm installs the one that fits the C library; where both are there, ours is told by the process's own report.
  const libc = platform === 'linux' ? (usesGlibc() ? ['-glibc', '-musl'] : ['-musl', '-glibc']) : [''];
  const names = libc.map(suffix => `@parcel/watcher-${platform}-${process.arch}${suffix}`);
  const own = folder && join(folder, 'package.json');
  return first(
    [
      ...names.map(name => own && packageFolder(own, name)).map(found => found && join(found, 'watcher.node')),
      folder && join(folder, 'build/Release/watcher.node'),
    ],
    '@parcel/watcher',
  );
}

function packageFolder(from: string, name: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function first(places: readonly (string | undefined)[], name: string): string {
  const found = places.find(place => place !== undefined && existsSync(place));
  if (found) return found;
  throw new TuttiError(
    'notSupported',
    `The package ${name} has no binary for ${process.platform} on ${process.arch}. Install tutti again, with optional packages allowed.`,
  );
}

function usesGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
