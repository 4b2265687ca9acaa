import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../../system/make-directory.ts';

/** Whether the user sees this screen for the first time; `shown` remembers that he has. */
export function readHint(folder: string): { readonly first: boolean; readonly shown: () => void } {
  const mark = join(folder, 'hint-shown');
  return {
    first: !existsSync(mark),
    shown: () => {
      try {
        makeDirectory(folder, 0o700);
        writeFileSync(mark, '');
      } catch {
        // Then it is shown once more: no reason to bother anybody.
      }
    },
  };
}
