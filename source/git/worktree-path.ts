import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Repository } from '../session/session.ts';
import { slugOf } from './branch-name.ts';

/** Where a new worktree goes: outside of the repository, findable by eye, unique by the session's id. */
export function worktreePath({
  worktrees,
  repository,
  branch,
  id,
}: {
  readonly worktrees: string;
  readonly repository: Pick<Repository, 'gitDir' | 'name'>;
  readonly branch: string;
  readonly id: string;
}): string {
  const hash = createHash('sha256').update(repository.gitDir).digest('hex').slice(0, 8);
  const name = slugOf(repository.name.split('/').at(-1) ?? '', 32);
  return join(worktrees, `${name}-${hash}`, `${slugOf(branch, 40)}-${id}`);
}
