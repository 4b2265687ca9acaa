import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from './atomic-write.ts';

const NAME = 'node.path';

/**
 * The node that processes of this runtime are started with. The one that was named when the runtime was made may have vanished
 * (`npm ci` removes a node that is a package): then the caller's own takes its place, in the file as well.
 */
export function runtimeNode(folder: string, own: string): string {
  const named = namedNode(folder);
  if (named && isExecutable(named)) return named;
  writeRuntimeNode(folder, own);
  return own;
}

export function writeRuntimeNode(folder: string, node: string): void {
  writeAtomic(join(folder, NAME), `${node}\n`);
}

/** The first of these that can be run, else the one that the runtime names now. */
export function firstNode(folder: string, candidates: readonly string[]): string | undefined {
  return [...candidates, namedNode(folder)].find(path => path !== undefined && isExecutable(path));
}

function namedNode(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, NAME), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
