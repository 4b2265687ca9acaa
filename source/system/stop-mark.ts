import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Paths } from './paths.ts';

/** The user has ended the daemon: no host brings the next one, until somebody starts a client. */
export function markStopped({ stopMark }: Pick<Paths, 'stopMark'>): void {
  writeFileSync(stopMark, '', { mode: 0o600 });
}

export function wasStopped({ stopMark }: Pick<Paths, 'stopMark'>): boolean {
  return existsSync(stopMark);
}

export function forgetStop({ stopMark }: Pick<Paths, 'stopMark'>): void {
  rmSync(stopMark, { force: true });
}
