import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the root, with slashes: `source/session/reduce.ts`. */
  readonly path: string;
  readonly text: string;
  /** First folder below `source/`; `cli` and `launcher` for the two files that are in none. */
  readonly room: string;
}

export interface Import {
  readonly from: SourceFile;
  /** A path from the root for a file of ours, else the name of a package or `node:…`. */
  readonly to: string;
  readonly isType: boolean;
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of the program itself, or below another folder. */
export function readSource(folder = 'source'): readonly SourceFile[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name))
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return [...(folder === 'source' ? ['cli.tsx'] : []), ...paths].sort().map(path => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
    room: path.split('/').length > 2 ? (path.split('/')[1] ?? '') : path.replace(/^source\/|\.\w+$/g, ''),
  }));
}

/** All imports of a file: static, dynamic, re-exports, and `import('…')` in types. */
export function importsOf(file: SourceFile): readonly Import[] {
  const code = file.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  const statements = /\b(?:import|export)\s+(type\s+)?((?:[\w$*\s,{}]|\btype\b)*?)\bfrom\s*['"]([^'"]+)['"]/g;
  for (const [, type, names = '', target = ''] of code.matchAll(statements)) {
    const braces = /\{([^}]*)\}/.exec(names)?.[1];
    const onlyTypes =
      braces !== undefined &&
      !/^\s*[\w$]+\s*,/.test(names) &&
      braces.split(',').every(name => name.trim() === '' || name.trim().startsWith('type '));
    found.push({ from: file, to: resolveTarget(file, target), isType: type !== undefined || onlyTypes });
  }
  for (const [, target = ''] of code.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ from: file, to: resolveTarget(file, target), isType: false });
  }
  for (const [, target = ''] of code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)) {
    found.push({ from: file, to: resolveTarget(file, target), isType: false });
  }
  return found;
}

function resolveTarget(file: SourceFile, target: string): string {
  if (target.startsWith('.')) return posix.normalize(posix.join(dirname(file.path), target));
  if (target.startsWith('node:')) return target;
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
