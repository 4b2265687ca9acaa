import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git.ts';
import { askGit } from './run-git.ts';

/** What a fresh worktree lacks against the user's own checkout, as sentences for people. */
export async function worktreeNotes(git: Git, worktree: string): Promise<readonly string[]> {
  const [lfs, submodules] = await Promise.all([lfsNote(git, worktree), submoduleNote(git, worktree)]);
  return [lfs, submodules].filter(note => note !== undefined);
}

/** Without git-lfs set up git checks out its pointers and says nothing. (Set up but not installed, the checkout fails.) */
async function lfsNote(git: Git, cwd: string): Promise<string | undefined> {
  // Most repositories don't know LFS; asking every file for its attributes is for those that do.
  const named = [
    'grep',
    '--quiet',
    '--cached',
    '--fixed-strings',
    '-e',
    'filter=lfs',
    '--',
    '.gitattributes',
    '**/.gitattributes',
  ];
  if ((await askGit(git, { cwd, args: named })) === undefined) return undefined;
  const filter = await askGit(git, { cwd, args: ['config', '--get-regexp', '^filter\\.lfs\\.(smudge|process)$'] });
  if (filter) return undefined;
  const files = await askGit(git, { cwd, args: ['ls-files', '-z', '--', ':(top,attr:filter=lfs)'] });
  const count = files?.split('\0').filter(Boolean).length ?? 0;
  if (count === 0) return undefined;
  const what = count === 1 ? '1 file is only a pointer' : `${count} files are only pointers`;
  return `${what} because git-lfs is not set up: install it, then run git lfs install and git lfs pull in the worktree.`;
}

async function submoduleNote(git: Git, cwd: string): Promise<string | undefined> {
  if (!(await lstat(join(cwd, '.gitmodules')).catch(() => undefined))) return undefined;
  const listed = await askGit(git, {
    cwd,
    args: ['config', '-z', '--file', '.gitmodules', '--get-regexp', '\\.path$'],
  });
  const count = listed?.split('\0').filter(Boolean).length ?? 0;
  if (count === 0) return undefined;
  const what = count === 1 ? 'Its submodule is empty' : `Its ${count} submodules are empty`;
  return `${what}: run git submodule update --init --recursive in the worktree where they are needed.`;
}
