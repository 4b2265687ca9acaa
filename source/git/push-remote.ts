import type { Git } from './git.ts';
import { askGit } from './run-git.ts';

export interface PushRemote {
  /** Where `git push` would push to: the branch's own remote, the default for pushing, what it follows, the only one, `origin`. */
  readonly name: string | undefined;
  /** All that there are; where a name is missing, these are what one has to choose among. */
  readonly names: readonly string[];
  /** There is one at all. */
  readonly known: boolean;
}

/** Reads from git's settings where a branch is pushed to. `on` is how git is asked about the repository. */
export async function readPushRemote(
  git: Git,
  {
    on,
    branch,
  }: {
    readonly on: (args: readonly string[]) => { readonly cwd: string; readonly args: readonly string[] };
    /** Undefined: none is checked out. */
    readonly branch: string | undefined;
  },
): Promise<PushRemote> {
  const keys = ['-z', '--get-regexp', '^(remote\\..*|branch\\..*\\.(pushremote|remote))$'];
  const text = (await askGit(git, on(['config', ...keys]))) ?? '';
  const values = new Map<string, string>();
  const names = new Set<string>();
  for (const entry of text.split('\0').filter(Boolean)) {
    const [key = '', ...value] = entry.split('\n');
    // The last one counts.
    values.set(key, value.join('\n'));
    const name = /^remote\.(.+)\.[^.]+$/s.exec(key)?.[1];
    if (name !== undefined) names.add(name);
  }
  const wanted = [`branch.${branch}.pushremote`, 'remote.pushdefault', `branch.${branch}.remote`];
  const set = wanted.map(key => values.get(key)).find(value => value && value !== '.');
  const [only, ...others] = names;
  return {
    name: set ?? (others.length === 0 ? only : names.has('origin') ? 'origin' : undefined),
    names: [...names],
    known: [...values.keys()].some(key => key.startsWith('remote.') || key.endsWith('.pushremote')),
  };
}
