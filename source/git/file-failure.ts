import { TuttiError } from '../protocol/rpc.ts';

/** Does something with files; an error of the system becomes a sentence that begins with `Could not <what>`. */
export async function inASentence<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new TuttiError('failed', `Could not ${what}: ${WHY[cause.code] ?? cause.message}.`, { cause });
  }
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException & { readonly code: string } {
  return cause instanceof Error && 'syscall' in cause && 'code' in cause && typeof cause.code === 'string';
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'the disk quota is used up. Free some space and try again',
  EACCES: 'its folder may not be written. Check the rights of it',
  EPERM: 'its folder may not be written. Check the rights of it',
  EROFS: 'its file system may only be read. Choose another place',
  EXDEV: 'the two places are on different file systems. Choose a place for worktrees on the one of the store',
};
