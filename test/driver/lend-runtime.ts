import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from './files-below.ts';
import type { TestHome } from './home.ts';

/** What the warm-up has kept of a build's runtime: files by their path below the folder of the build. */
const kept = new Map<string, readonly string[]>();

/**
 * Gives a home the runtime that the warm-up has made of this build, by links to its files: a copy takes a tenth of a second, and half as
 * long to be taken away. Where the home lies on another disk, tutti makes its own.
 */
export function lendRuntime(home: TestHome, dist: string): void {
  const from = keptRuntime(dist);
  const to = join(home.tutti, 'data', 'runtime');
  try {
    for (const path of filesOf(from)) {
      mkdirSync(dirname(join(to, path)), { recursive: true, mode: 0o700 });
      linkSync(join(from, path), join(to, path));
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EXDEV') throw thrown;
    rmSync(to, { recursive: true, force: true });
  }
}

/** Beside the build: all that lies in it is part of its package. */
export function keptRuntime(dist: string): string {
  return `${dist}-runtime`;
}

function filesOf(folder: string): readonly string[] {
  const known = kept.get(folder);
  if (known) return known;
  // Where the warm-up has failed there is none.
  const found = existsSync(folder) ? filesBelow(folder) : [];
  kept.set(folder, found);
  return found;
}
