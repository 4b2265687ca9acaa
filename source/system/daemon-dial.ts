import { join } from 'node:path';
import { checkSocketPath, linkDirectory } from './link-dir.ts';
import type { Paths } from './paths.ts';
import type { System } from './system.ts';

/** Short path of the daemon's socket, by which it is bound and dialled. */
export function daemonDial(
  paths: Pick<Paths, 'link' | 'data'>,
  system: Pick<System, 'uid' | 'pid' | 'platform'>,
): string {
  const short = linkDirectory({ link: paths.link, target: paths.data, name: 'data', system });
  return checkSocketPath(join(short, 'daemon.sock'), system.platform);
}
