import { stat } from 'node:fs/promises';

/** Also where a link leads to one. What can't be looked at is none. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
