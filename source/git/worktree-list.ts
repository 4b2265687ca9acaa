import type { Git } from './git.ts';
import { onRepository } from './git-dir.ts';
import { gitText } from './run-git.ts';

export interface WorktreeEntry {
  readonly path: string;
  readonly bare: boolean;
  /** Undefined where HEAD is detached. */
  readonly branch: string | undefined;
}

/** Every worktree that the repository knows of, its main checkout first. */
export async function listWorktrees(git: Git, gitDir: string): Promise<readonly WorktreeEntry[]> {
  const text = await pastHalfMade(() =>
    gitText(git, {
      ...onRepository(gitDir, ['worktree', 'list', '--porcelain', '-z']),
      read: true,
      what: `list the worktrees of ${gitDir}`,
    }),
  );
  return text.split('\0\0').filter(Boolean).map(readEntry);
}

/** Somebody else's `git worktree add`, an agent's maybe, has just made a folder and not yet the files in it. */
const HALF_MADE = /failed to read .*[/\\]worktrees[/\\]/u;
const TRIES = 5;

/** Git fails over an entry that is being made in this moment; it is there whole at the next look. */
export async function pastHalfMade(look: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await look();
    } catch (thrown) {
      if (tries === TRIES || !(thrown instanceof Error) || !HALF_MADE.test(thrown.message)) throw thrown;
    }
  }
}

function readEntry(record: string): WorktreeEntry {
  const fields = new Map<string, string>();
  for (const field of record.split('\0')) {
    const space = field.indexOf(' ');
    if (space === -1) fields.set(field, '');
    else fields.set(field.slice(0, space), field.slice(space + 1));
  }
  return {
    path: fields.get('worktree') ?? '',
    bare: fields.has('bare'),
    branch: fields.get('branch')?.replace(/^refs\/heads\//, ''),
  };
}
