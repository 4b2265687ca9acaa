import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeBundle } from '../system/bundle.ts';
import { removeHostLink } from '../system/link-dir.ts';
import { hostBundle } from '../system/paths.ts';
import type { Brain } from './brain.ts';

/** A host's process is gone: its socket goes, and the short way to it. Its log stays. */
export function buryHost({ paths }: Pick<Brain, 'paths'>, session: string, name: string): void {
  const bundle = hostBundle(paths, session, name);
  rmSync(join(bundle, 'sock'), { force: true });
  removeHostLink(paths.link, bundle);
}

/** Nothing of a host is of use any more. */
export function discardHost(brain: Pick<Brain, 'paths'>, session: string, name: string): void {
  buryHost(brain, session, name);
  removeBundle(hostBundle(brain.paths, session, name));
}
