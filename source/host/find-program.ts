import { statSync } from 'node:fs';
import { join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { isProgram } from '../system/is-program.ts';

/**
 * Looks before the fork whether the program can be started: after it there is nobody left who could say why not. The PATH is
 * that of the program, not ours.
 */
export function findProgram(options: {
  readonly program: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}): string {
  const { program, cwd, env } = options;
  if (!isDirectory(cwd)) {
    throw new TuttiError('failed', `${program} can't be started, because its directory ${cwd} is not there.`);
  }
  if (program.includes('/')) {
    const path = program.startsWith('/') ? program : join(cwd, program);
    if (isProgram(path)) return path;
    throw new TuttiError('failed', `${program} can't be started, because there is no program of that name.`);
  }
  const folders = (env.PATH ?? '').split(':').map(folder => (folder === '' ? cwd : folder));
  const found = folders.map(folder => join(folder, program)).find(isProgram);
  if (found) return found;
  throw new TuttiError(
    'failed',
    `${program} can't be started, because it is not on the PATH; install it or add its folder.`,
  );
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
