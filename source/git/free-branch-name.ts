import { slugOf } from './branch-name.ts';
import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitText } from './run-git.ts';

/** Names of branches, without `refs/heads` and without the remote's name. */
export interface BranchNames {
  readonly local: readonly string[];
  readonly remote: readonly string[];
}

export async function readBranchNames(git: Git, gitDir: string): Promise<BranchNames> {
  const text = await gitText(git, {
    ...onRepository(gitDir, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes']),
    read: true,
    what: `list the branches of ${gitDir}`,
  });
  const local: string[] = [];
  const remote: string[] = [];
  for (const ref of text.split('\n').filter(Boolean)) {
    const [, kind, ...parts] = ref.split('/');
    if (kind === 'heads') local.push(parts.join('/'));
    else remote.push(parts.slice(1).join('/'));
  }
  return { local, remote };
}

/** A name for a new branch that none of these has, made of prefix and title. */
export function freeBranchName(
  { local, remote }: BranchNames,
  { prefix, title }: { readonly prefix: string; readonly title: string },
): string {
  // In lower case: on macOS two names that differ in case only are one file. With their beginnings: a ref is a file, so `a`
  // stands in the way of `a/b`, and `a/b` in the way of `a`.
  const here = local.map(name => name.toLowerCase());
  const taken = new Set([...here, ...remote.map(name => name.toLowerCase())]);
  const folders = new Set(here.flatMap(above));
  const isFree = (name: string) => {
    const lower = name.toLowerCase();
    return !taken.has(lower) && !folders.has(lower) && !above(lower).some(each => taken.has(each));
  };
  const blocked = above(prefix.toLowerCase()).some(each => taken.has(each));
  const slug = slugOf(title);
  const start = blocked ? `${prefix.replaceAll('/', '-')}${slug}` : `${prefix}${slug}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? start : `${start}-${count}`;
    if (isFree(name)) return name;
  }
}

/** `a` and `a/b` of `a/b/c`. */
function above(name: string): readonly string[] {
  const parts = name.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/')).filter(Boolean);
}
