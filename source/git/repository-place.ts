import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { Git } from './git.ts';
import { realPath } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { needGitVersion } from './git-version.ts';
import { runGit } from './run-git.ts';

/** Where in a repository a path is. */
export interface RepositoryPlace {
  /** Of the repository, which all its worktrees share. */
  readonly gitDir: string;
  /** Of the checkout that the path is in: in the main one the same. */
  readonly ownDir: string;
  /** The root of that checkout; undefined in a bare repository, and inside of a git directory. */
  readonly checkout: string | undefined;
}

/**
 * git prints an option that it does not know as it is, so this parts its answers in one call: a path may have newlines, but
 * never two slashes as git prints it.
 */
const PART = '--//';

/** Undefined outside of a repository. One that git refuses to open is an error with its reason. */
export async function findPlace(git: Git, path: string): Promise<RepositoryPlace | undefined> {
  const cwd = await folderOf(path);
  // The root last: where there is none git fails over it, with all else said.
  const asked = ['--git-common-dir', PART, '--absolute-git-dir', PART, '--show-toplevel'];
  const [, found] = await Promise.all([
    needGitVersion(git),
    runGit(git, { cwd, args: ['rev-parse', '--path-format=absolute', ...asked], read: true }),
  ]);
  const [common = '', own, checkout] = found.out.split(`\n${PART}\n`).map(part => part.replace(/\n$/, ''));
  if (own === undefined) {
    if (/not a git repository \(or any/.test(found.err)) return undefined;
    throw gitFailure(`open the repository in ${cwd}`, found);
  }
  const [gitDir, ownDir] = await Promise.all([realPath(common), realPath(own)]);
  return { gitDir, ownDir, checkout: checkout || undefined };
}

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new TuttiError('notFound', `There is no folder ${path}: check the path.`);
  return realPath(found.isDirectory() ? path : dirname(resolve(path)));
}
