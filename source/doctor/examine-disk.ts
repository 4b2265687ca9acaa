import { accessSync, constants, existsSync, lstatSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';
import { type Finding, found } from './finding.ts';

/** Below this the logs and snapshots of a fleet fill it in a day. */
const LITTLE_BYTES = 2 * 1024 ** 3;

/** The folders that tutti writes into: they are ours, closed to others, writable, and have room. Nothing is made or changed. */
export async function examineDisk(at: Paths, system: Pick<System, 'uid'>): Promise<readonly Finding[]> {
  return [
    await found('data', () => folder('data', at.data, system.uid)),
    await found('logs', () => folder('logs', at.state, system.uid)),
  ];
}

function folder(what: string, path: string, uid: number): Finding {
  if (!existsSync(path)) {
    const above = nearest(path);
    accessSync(above, constants.W_OK);
    return { what, level: 'good', says: `${path} is made at the first start` };
  }
  const { mode, uid: owner } = lstatSync(path);
  if (owner !== uid)
    return {
      what,
      level: 'bad',
      says: `${path} belongs to the user with the id ${owner}`,
      mend: 'Set TUTTI_HOME to another place.',
    };
  if ((mode & 0o077) !== 0) return { what, level: 'note', says: `${path} is open to others; the next start closes it` };
  accessSync(path, constants.W_OK);
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const says = `${path}, ${Math.floor(free / 1024 ** 3)} GB free`;
  return free < LITTLE_BYTES
    ? { what, level: 'note', says, mend: 'Each session keeps up to 16 MB of output, and its worktree. Make room.' }
    : { what, level: 'good', says };
}

function nearest(path: string): string {
  const above = dirname(path);
  return existsSync(above) || above === path ? above : nearest(above);
}
