import { readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isFolder } from './is-folder.ts';

/**
 * The git directory of a checkout, by a look at the `.git` in its root: a folder, or a file that names one, as git itself finds it
 * (gitrepository-layout(5)). No process is started for it. Undefined where there is nothing that git would take for one: only
 * git can say what that means, as it goes on looking in the folders above, or refuses.
 */
export async function ownGitDir(root: string): Promise<string | undefined> {
  const named = await namedGitDir(root);
  const dir = named === undefined ? undefined : await realpath(named).catch(() => undefined);
  return dir !== undefined && (await isGitDir(dir)) ? dir : undefined;
}

/** What the `.git` in a folder stands for: itself where it is a folder, else what it points to. Whether that is a git directory is not seen. */
export async function namedGitDir(folder: string): Promise<string | undefined> {
  const entry = join(folder, '.git');
  return (await isFolder(entry)) ? entry : readGitLink(folder);
}

/** Where the file `.git` of a linked worktree or a submodule points to; undefined where there is none. Nothing need be there. */
export async function readGitLink(folder: string): Promise<string | undefined> {
  const file = join(folder, '.git');
  // Of a pipe there would be no end.
  if (!(await stat(file).catch(() => undefined))?.isFile()) return undefined;
  const text = await readFile(file, 'utf8').catch(() => '');
  // All that is behind it is the path, newlines too; git takes away those at its end.
  const [, link] = /^gitdir: (.+?)[\r\n]*$/s.exec(text) ?? [];
  // A relative one is meant from where the folder really is.
  return link === undefined ? undefined : resolve(await realpath(folder).catch(() => folder), link);
}

/** It has a HEAD, and objects: its own, or those of the repository that it is a worktree of. */
async function isGitDir(dir: string): Promise<boolean> {
  const [head, ...homes] = await Promise.all(['HEAD', 'commondir', 'objects'].map(name => isThere(join(dir, name))));
  return head === true && homes.includes(true);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
