import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Waits for a file whose directory is there. */
export function fileAppears(file: string): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!existsSync(file)) return;
      watcher.close();
      resolve();
    };
    const watcher = watch(dirname(file), look);
    look();
  });
}
