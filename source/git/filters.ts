import type { Git } from './git.ts';
import { askGit } from './run-git.ts';

/** Arguments that make every clean and smudge filter of the repository pass files through as they are. */
export async function filterOverrides(git: Git, worktree: string): Promise<readonly string[]> {
  const keys = await askGit(git, {
    cwd: worktree,
    args: ['config', '-z', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'],
  });
  const names = new Set(
    (keys ?? '')
      .split('\0')
      .filter(Boolean)
      .map(key => key.slice(0, key.lastIndexOf('.'))),
  );
  return [...names].flatMap(name =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap(set => ['-c', `${name}.${set}`]),
  );
}
