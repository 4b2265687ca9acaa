import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { Repository } from '../session/session.ts';
import type { Git } from './git.ts';
import { onRepository, realPath } from './git-dir.ts';
import { gitFailure } from './git-failure.ts';
import { checkGitVersion } from './git-version.ts';
import { askGit, runGit } from './run-git.ts';

export interface FoundRepository extends Repository {
  readonly bare: boolean;
}

/** The repository that a path is in, or undefined outside of any. One that git refuses to open is an error with its reason. */
export async function findRepository(git: Git, path: string): Promise<FoundRepository | undefined> {
  const cwd = await folderOf(path);
  const [, found] = await Promise.all([
    checkGitVersion(git),
    runGit(git, { cwd, args: ['rev-parse', '--path-format=absolute', '--git-common-dir'], read: true }),
  ]);
  if (found.code !== 0) {
    if (/not a git repository \(or any/.test(found.err)) return undefined;
    throw gitFailure(`open the repository in ${cwd}`, found);
  }
  const gitDir = await realPath(found.out.replace(/\n$/, ''));
  const [root, url] = await Promise.all([
    findRoot(git, { gitDir, cwd }),
    askGit(git, onRepository(gitDir, ['config', '--get', 'remote.origin.url'])),
  ]);
  return { gitDir, root: root ?? gitDir, name: nameOf(url, root ?? gitDir), bare: root === undefined };
}

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new TuttiError('notFound', `There is no folder ${path}: check the path.`);
  return realPath(found.isDirectory() ? path : dirname(resolve(path)));
}

/** The main checkout; undefined where the repository is bare. */
async function findRoot(git: Git, { gitDir, cwd }: { gitDir: string; cwd: string }): Promise<string | undefined> {
  // Not `rev-parse --is-bare-repository`: in a linked worktree of a bare repository it says no.
  const [bare, set, ownDir] = await Promise.all([
    askGit(git, onRepository(gitDir, ['config', '--type=bool', '--get', 'core.bare'])),
    askGit(git, onRepository(gitDir, ['config', '--get', 'core.worktree'])),
    askGit(git, { cwd, args: ['rev-parse', '--absolute-git-dir'] }),
  ]);
  if (bare === 'true') return undefined;
  // A submodule's repository lies within its parent's and names its checkout.
  if (set) return realPath(resolve(gitDir, set));
  if (basename(gitDir) === '.git') return dirname(gitDir);
  // `git init --separate-git-dir` leaves no way back to the checkout; from inside it is known.
  const inside = ownDir !== undefined && (await realPath(ownDir)) === gitDir;
  return inside ? askGit(git, { cwd, args: ['rev-parse', '--show-toplevel'] }) : undefined;
}

/** `acme/shop` of a remote's URL, else the folder's name. */
function nameOf(url: string | undefined, root: string): string {
  const remote = /^(?:[a-z+]+:\/\/[^/]+\/|[^/:]+@?[^/:]*:)(.+?)(?:\.git)?\/*$/i.exec(url ?? '')?.[1];
  if (remote && !/^file:/i.test(url ?? '')) {
    const parts = remote.split('/').filter(Boolean).slice(-2);
    if (parts.length > 0) return parts.join('/').replace(/\p{Cc}/gu, '');
  }
  const folder = basename(root);
  return (/^\.(git|bare)$/.test(folder) ? basename(dirname(root)) : folder.replace(/\.git$/, '')) || folder;
}
