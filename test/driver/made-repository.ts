import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from './files-below.ts';

const made = new Map<string, ReadonlyMap<string, Buffer>>();

/**
 * A repository as git makes it, in a folder that has its files already: by git the first time, which takes a tenth of a second, then written
 * as it was. The samples of hooks that git brings along are left out.
 */
export function makeOnce(root: string, key: string, make: () => void): void {
  const known = made.get(key);
  if (!known) {
    make();
    made.set(key, filesOf(join(root, '.git')));
    return;
  }
  for (const folder of ['objects/pack', 'refs/tags', 'hooks', 'info'])
    mkdirSync(join(root, '.git', folder), { recursive: true });
  for (const [path, content] of known) {
    const file = join(root, '.git', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  const paths = filesBelow(folder).filter(path => !path.endsWith('.sample'));
  return new Map(paths.map(path => [path, readFileSync(join(folder, path))]));
}
