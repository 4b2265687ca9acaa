import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { patternOf } from '../text/pattern.ts';

/**
 * The file at a path whose parts may have `*` in them, the newest one by its change where there are several; undefined: none. Folders
 * that cannot be read have nothing in them.
 */
export function findRecord(folder: string, parts: readonly string[]): string | undefined {
  return newestFirst(findRecords(folder, parts))[0]?.file;
}

/** All of them, in no order. */
export function findRecords(folder: string, parts: readonly string[]): readonly string[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  const isFile = rest.length === 0;
  const paths = first.includes('*') ? matching(folder, first, isFile) : [join(folder, first)];
  return isFile ? paths : paths.flatMap(path => findRecords(path, rest));
}

/** With their last change, milliseconds since 1970; those that have gone meanwhile are left out. */
export function newestFirst(files: readonly string[]): readonly { readonly file: string; readonly changed: number }[] {
  return files
    .flatMap(file => {
      const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      return changed === undefined ? [] : [{ file, changed }];
    })
    .sort((a, b) => b.changed - a.changed);
}

function matching(folder: string, pattern: string, isFile: boolean): readonly string[] {
  const regex = new RegExp(`^${pattern.split('*').map(patternOf).join('.*')}$`, 'u');
  return entries(folder).flatMap(entry =>
    regex.test(entry.name) && entry.isDirectory() !== isFile ? [join(folder, entry.name)] : [],
  );
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
