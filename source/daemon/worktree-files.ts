import { readFiles } from '../git/trees.ts';
import type { Session } from '../session/session.ts';
import type { Brain } from './brain.ts';

/** A worktree's files, untracked ones too, as a git tree: what a check's verdict is bound to. */
export function filesOf({ git, gitQueue }: Brain, { worktree, repository }: Session): Promise<string> {
  const read = () => readFiles(git, { worktree, what: `read the files in ${worktree}` });
  return gitQueue.add(repository.gitDir, read, 'act');
}
