import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { removeHalfWritten, writeAtomic } from '../system/atomic-write.ts';
import type { Paths } from '../system/paths.ts';
import type { System } from '../system/system.ts';

/** What clients say in their hello: made once, 0600. Called under the lock, so nobody makes a second one. */
export function daemonSecret(paths: Pick<Paths, 'daemonSecret'>, system: Pick<System, 'random'>): string {
  try {
    const there = readFileSync(paths.daemonSecret, 'utf8');
    if (there.length >= 32) return there;
  } catch {
    // Not there yet.
  }
  removeHalfWritten(dirname(paths.daemonSecret), basename(paths.daemonSecret));
  const fresh = Buffer.from(system.random(32)).toString('hex');
  writeAtomic(paths.daemonSecret, fresh);
  return fresh;
}
