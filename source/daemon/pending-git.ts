import type { Git } from '../git/git.ts';
import { TuttiError } from '../protocol/rpc.ts';

// Stands in for files of the git room that are not there yet; goes with them.
function missing(what: string): never {
  throw new TuttiError('notSupported', `${what} is not there yet.`);
}

export async function commitAll(
  _git: Git,
  _options: { worktree: string; message: string; trailers: readonly string[] },
): Promise<{ outcome: 'committed' | 'nothing'; commit: string } | { outcome: 'hookFailed'; output: string }> {
  missing('commit');
}
export async function findCommitByTrailer(
  _git: Git,
  _options: { worktree: string; base: string; trailer: string },
): Promise<string | undefined> {
  missing('commit');
}
export async function pushBranch(
  _git: Git,
  _options: { worktree: string; branch: string; commit: string },
): Promise<{ remote: string; output: string }> {
  missing('push');
}
export async function mergeBranch(
  _git: Git,
  _options: { gitDir: string; commit: string; into: string; message: string },
): Promise<{ into: string }> {
  missing('merge');
}
export interface WorktreeWatch {
  readonly close: () => Promise<void>;
}
export async function watchWorktree(_options: {
  worktree: string;
  gitDir: string;
  binding: string;
  onChange: () => void;
}): Promise<WorktreeWatch> {
  missing('watch');
}
