import { readConfig, remoteNames } from './config-values.ts';
import type { Git } from './git.ts';
import type { AskedOn } from './git-dir.ts';

export interface PushRemote {
  /** Where `git push` would push to: the branch's own remote, the default for pushing, what it follows, the only one, `origin`. */
  readonly name: string | undefined;
  /** All that there are; where a name is missing, these are what one has to choose among. */
  readonly names: readonly string[];
  /** There is one at all. */
  readonly known: boolean;
}

/** Reads from git's settings where a branch is pushed to. */
export async function readPushRemote(
  git: Git,
  {
    on,
    branch,
  }: {
    readonly on: AskedOn;
    /** Undefined: none is checked out. */
    readonly branch: string | undefined;
  },
): Promise<PushRemote> {
  const values = await readConfig(git, { on, pattern: '^(remote\\..*|branch\\..*\\.(pushremote|remote))$' });
  const names = remoteNames(values);
  const wanted = [`branch.${branch}.pushremote`, 'remote.pushdefault', `branch.${branch}.remote`];
  const set = wanted.map(key => values.get(key)).find(value => value && value !== '.');
  const [only, ...others] = names;
  return {
    name: set ?? (others.length === 0 ? only : names.includes('origin') ? 'origin' : undefined),
    names,
    known: [...values.keys()].some(key => key.startsWith('remote.') || key.endsWith('.pushremote')),
  };
}
