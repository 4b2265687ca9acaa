import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Git } from './git.ts';
import { askGit, gitText } from './run-git.ts';
import { readText, writeText } from './worktree-entry.ts';

/**
 * Mends the submodules of a worktree whose folder was moved. Each one's repository lies in the worktree's record, under
 * `modules/`, and the two find each other by paths: `core.worktree` there and the file `.git` here. `git worktree move` refuses
 * such worktrees for that reason. Done twice it changes nothing.
 */
export async function relinkSubmodules(
  git: Git,
  { admin, from, to }: { readonly admin: string; readonly from: string; readonly to: string },
): Promise<void> {
  for (const repository of await listRepositories(join(admin, 'modules'))) {
    const config = join(repository, 'config');
    // Not from within: git would look for the files where they are no more, and fail.
    const link = await askGit(git, { cwd: '/', args: ['config', '--file', config, '--get', 'core.worktree'] });
    if (link === undefined) continue;
    const place = resolve(repository, link);
    const moved = isInside(from, place) ? join(to, relative(from, place)) : place;
    if (!isInside(to, moved)) continue;
    const fresh = relative(repository, moved);
    if (fresh !== link) {
      await gitText(git, {
        cwd: '/',
        args: ['config', '--file', config, 'core.worktree', fresh],
        what: `mend the submodule in ${moved}`,
      });
    }
    // A submodule that was deinitialised has no folder of files to mend.
    const file = join(moved, '.git');
    const text = `gitdir: ${relative(moved, repository)}`;
    const before = await readText(file);
    if (before !== undefined && before !== text) await writeText(file, `${text}\n`);
  }
}

/** Repositories below `modules/`, those of submodules of submodules too. A name may have slashes. */
async function listRepositories(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    const isRepository = await stat(join(path, 'HEAD')).then(
      () => true,
      () => false,
    );
    if (isRepository) found.push(path, ...(await listRepositories(join(path, 'modules'))));
    else found.push(...(await listRepositories(path)));
  }
  return found;
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
