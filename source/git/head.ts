import type { Git } from './git.ts';
import { askGit } from './run-git.ts';

/** What a worktree's HEAD stands on. */
export interface Head {
  /** The whole name of the ref, `refs/heads/main`; undefined where HEAD is detached. */
  readonly ref: string | undefined;
  /** That of the branch alone. */
  readonly branch: string | undefined;
  /** Undefined before the branch's first commit. */
  readonly commit: string | undefined;
}

/** One call, as a rule. Not the short name that git gives: where a tag is called the same that is no branch's name. */
export async function readHead(git: Git, worktree: string): Promise<Head> {
  const told = await askGit(git, {
    cwd: worktree,
    args: ['rev-parse', 'HEAD^{commit}', '--symbolic-full-name', 'HEAD'],
  });
  const [commit, name] = told?.split('\n') ?? [];
  // Before the first commit nothing is told, and no name where a branch or tag is called HEAD.
  const full = name ?? (await askGit(git, { cwd: worktree, args: ['symbolic-ref', '--quiet', 'HEAD'] }));
  const ref = full === 'HEAD' ? undefined : full;
  return { ref, branch: ref?.replace(/^refs\/(heads\/)?/, ''), commit };
}
