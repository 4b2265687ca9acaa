import { readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { privateDirectory } from './private-dir.ts';
import type { System } from './system.ts';

export interface LinkOptions {
  /** `Paths.link`: the short directory that holds the links. */
  readonly link: string;
  /** The real directory that the socket lies in. */
  readonly target: string;
  /** Name of the link, the same for the same target. */
  readonly name: string;
  readonly system: Pick<System, 'uid' | 'pid' | 'platform'>;
}

/**
 * A short way to a socket: a socket's path may have only 107 bytes on Linux and 103 on macOS, and data directories are longer.
 * `/tmp` is swept on some machines, so whoever binds or dials makes directory and link anew. Answers the short directory.
 */
export function linkDirectory({ link, target, name, system }: LinkOptions): string {
  privateDirectory(link, system.uid);
  const short = join(link, name);
  if (linkedTo(short) !== target) {
    // A rename replaces the old link in one step, so that two processes that mend it at once do not harm each other.
    const fresh = join(link, `.${name}.${system.pid}`);
    removeLink(fresh);
    symlinkSync(target, fresh);
    renameSync(fresh, short);
  }
  return short;
}

/** Short path of a host's socket, by which it is bound and dialled. */
export function hostSocket(options: Omit<LinkOptions, 'target' | 'name'> & { readonly bundle: string }): string {
  const short = linkDirectory({ ...options, target: options.bundle, name: hostLinkName(options.bundle) });
  return checkSocketPath(join(short, 'sock'), options.system.platform);
}

/** Takes the link of a bundle away that is itself gone. */
export function removeHostLink(link: string, bundle: string): void {
  removeLink(join(link, hostLinkName(bundle)));
}

/** The path, or an error that says by how much it is too long. */
export function checkSocketPath(path: string, platform: NodeJS.Platform): string {
  const limit = platform === 'darwin' ? 103 : 107;
  const length = Buffer.byteLength(path);
  if (length <= limit) return path;
  throw new TuttiError(
    'notSupported',
    `The socket ${path} can't be made, because its path has ${length} bytes and this system allows ${limit}. Choose shorter names.`,
  );
}

/** `<session>-<name>` from `…/<session>/hosts/<name>`. */
function hostLinkName(bundle: string): string {
  return `${basename(dirname(dirname(bundle)))}-${basename(bundle)}`;
}

function linkedTo(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function removeLink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
