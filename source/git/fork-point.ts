import type { Git } from './git.ts';
import { askGit } from './run-git.ts';

/** What a session's work is compared with. */
export interface Base {
  /** The commit that its branch started from. */
  readonly commit: string;
  /** The branch that it started from, if it still says where work came from others: `main`. */
  readonly ref?: string | undefined;
}

/**
 * The commit after which the work on HEAD is its own. The base, as a rule. After a rebase, or after the base branch was merged
 * in, a later one on the base branch: what others did is not this session's work. Once the base branch holds HEAD itself,
 * the base again, so that the work of a merged session can still be seen.
 */
export async function forkPoint(
  git: Git,
  { worktree, base, head }: { readonly worktree: string; readonly base: Base; readonly head: string },
): Promise<string> {
  if (base.commit === head) return head;
  const mergeBase = (a: string) => askGit(git, { cwd: worktree, args: ['merge-base', '--end-of-options', a, head] });
  const byRef = base.ref === undefined ? undefined : await mergeBase(base.ref);
  if (byRef !== undefined && byRef !== head) {
    if (byRef === base.commit) return byRef;
    const isLater = await askGit(git, { cwd: worktree, args: ['merge-base', '--is-ancestor', base.commit, byRef] });
    if (isLater !== undefined) return byRef;
  }
  return (await mergeBase(base.commit)) ?? base.commit;
}
