import { TuttiError } from '../protocol/rpc.ts';

// Stands in for files of the git room that are not there yet; goes with them.
function missing(what: string): never {
  throw new TuttiError('notSupported', `${what} is not there yet.`);
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
