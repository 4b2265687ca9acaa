import { existsSync, readFileSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Waits for a file whose directory is there; `holds`: and until this stands in it, as of one that is written in place. */
export function fileAppears(file: string, holds?: RegExp): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!existsSync(file) || (holds && !holds.test(readFileSync(file, 'utf8')))) return;
      watcher.close();
      resolve();
    };
    const watcher = watch(dirname(file), look);
    look();
  });
}
