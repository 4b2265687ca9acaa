import { basename, dirname, resolve } from 'node:path';
import type { Repository } from '../session/session.ts';
import { type ConfigValues, isOn, readConfig, remoteNames } from './config-values.ts';
import type { Git } from './git.ts';
import { onRepository, realPath } from './git-dir.ts';
import { findPlace, type RepositoryPlace } from './repository-place.ts';

export interface FoundRepository extends Repository {
  readonly bare: boolean;
}

/** A repository seen from one place in it. */
export interface SeenRepository {
  readonly repository: FoundRepository;
  /** The root of the checkout that the place is in, if it is in one. */
  readonly checkout: string | undefined;
  readonly remotes: readonly string[];
}

/**
 * The repository that a path is in, with what is learned of the place by the way, or undefined outside of any. One that git refuses to
 * open is an error with its reason.
 */
export async function seeRepository(git: Git, path: string): Promise<SeenRepository | undefined> {
  const place = await findPlace(git, path);
  if (!place) return undefined;
  const { gitDir, checkout } = place;
  const values = await readConfig(git, {
    on: args => onRepository(gitDir, args),
    pattern: '^(core\\.(bare|worktree)|remote\\..*)$',
  });
  const root = await findRoot(place, values);
  const name = nameOf(values.get('remote.origin.url'), root ?? gitDir);
  const repository = { gitDir, root: root ?? gitDir, name, bare: root === undefined };
  return { repository, checkout, remotes: remoteNames(values) };
}

/** The main checkout; undefined where the repository is bare. */
async function findRoot(
  { gitDir, ownDir, checkout }: RepositoryPlace,
  values: ConfigValues,
): Promise<string | undefined> {
  // Not `rev-parse --is-bare-repository`: in a linked worktree of a bare repository it says no.
  if (isOn(values, 'core.bare')) return undefined;
  // A submodule's repository lies within its parent's and names its checkout.
  const set = values.get('core.worktree');
  if (set) return realPath(resolve(gitDir, set));
  if (basename(gitDir) === '.git') return dirname(gitDir);
  // `git init --separate-git-dir` leaves no way back to the checkout; from inside it is known.
  return ownDir === gitDir ? checkout : undefined;
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
