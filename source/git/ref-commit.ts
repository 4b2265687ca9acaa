import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { askGit } from './run-git.ts';

/** The commit that a ref, or what git reads as one, stands for; undefined where there is none. */
export function refCommit(
  git: Git,
  { gitDir, ref }: { readonly gitDir: string; readonly ref: string },
): Promise<string | undefined> {
  return askGit(git, onRepository(gitDir, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]));
}
