import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { gitText } from './run-git.ts';

/** The oldest git that tutti works with: `merge-tree --write-tree` came with it. */
const OLDEST = [2, 38] as const;

/** The version of git, or an error when there is none, or one that is too old. */
export async function checkGitVersion(git: Git): Promise<string> {
  const text = await gitText(git, { cwd: '/', args: ['--version'], what: 'ask git for its version' });
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
