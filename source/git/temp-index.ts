import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { inASentence } from './file-failure.ts';
import type { Git } from './git.ts';
import { adminDir } from './git-dir.ts';

const PREFIX = 'tutti-index-';
/** Names in use by this process. Only one of us works on a worktree, so every other one is left over from a crash. */
const inUse = new Set<string>();
let made = 0;

/** Gives a copy of the worktree's index to work on, so that the agent's own stays as it is, byte for byte. */
export async function withTempIndex<T>(
  git: Git,
  worktree: string,
  use: (index: { readonly env: { readonly GIT_INDEX_FILE: string } }) => Promise<T>,
): Promise<T> {
  const admin = await adminDir(git, worktree);
  made += 1;
  const name = `${PREFIX}${process.pid}-${made}`;
  inUse.add(name);
  const folder = join(admin, name);
  const path = join(folder, 'index');
  try {
    await inASentence(`copy the index of ${worktree} to ${folder}`, async () => {
      await sweep(admin);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      await copyIndex(join(admin, 'index'), path);
    });
    return await use({ env: { GIT_INDEX_FILE: path } });
  } finally {
    await rm(folder, { recursive: true, force: true });
    inUse.delete(name);
  }
}

async function copyIndex(from: string, to: string): Promise<void> {
  const time = await stat(from).catch(() => undefined);
  // Before the first commit there may be none.
  if (!time) return;
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  // git trusts an entry that is older than the index. With the time of the copy it would overlook a file that was changed,
  // to the same length, in the second in which the real index was written.
  const seconds = Math.floor(time.mtimeMs / 1000);
  await utimes(to, seconds, seconds);
}

/** What a process that was killed left there. */
async function sweep(admin: string): Promise<void> {
  const names = (await readdir(admin)).filter(name => name.startsWith(PREFIX) && !inUse.has(name));
  await Promise.all(names.map(name => rm(join(admin, name), { recursive: true, force: true })));
}
