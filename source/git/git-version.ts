import { TuttiError } from '../protocol/rpc.ts';
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
