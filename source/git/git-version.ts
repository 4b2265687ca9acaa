import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { isProgram } from '../system/is-program.ts';
import type { Git } from './git.ts';
import { bySimpleGit } from './simple.ts';

/** The oldest git that tutti works with: `merge-tree --write-tree` came with it. */
const OLDEST = [2, 38] as const;

/** The version of git, or an error when there is none, or one that is too old. */
export async function checkGitVersion(git: Git): Promise<string> {
  // Not simple-git's own `version()`: to it a missing git is an answer.
  const text = await bySimpleGit(git, { cwd: '/', what: 'ask git for its version' }, simple => simple.raw('--version'));
  const version = /\d+\.\d+[\w.]*/.exec(text)?.[0] ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new TuttiError(
      'notSupported',
      `Git ${version} is too old for tutti: install git ${OLDEST.join('.')} or newer.`,
    );
  }
  return version;
}

/** Files of git that are new enough, each as it was when it said so. */
const newEnough = new Set<string>();

/** The same error, but a git that was new enough is asked only once: until another file lies in its place. */
export async function needGitVersion(git: Git): Promise<void> {
  const file = fileOf(git);
  if (file !== undefined && newEnough.has(file)) return;
  await checkGitVersion(git);
  if (file !== undefined) newEnough.add(file);
}

/** Which file it is that a spawn runs, and which state of it. Undefined where that can't be told: it depends on where one stands. */
function fileOf({ program, env }: Git): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter);
  const path = program.includes('/') ? program : folders.map(folder => join(folder, program)).find(isProgram);
  if (!path?.startsWith('/')) return undefined;
  const file = statSync(path, { throwIfNoEntry: false });
  return file && [path, file.dev, file.ino, file.size, file.mtimeMs].join(' ');
}
