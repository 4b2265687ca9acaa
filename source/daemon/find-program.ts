import { delimiter, join } from 'node:path';
import { isProgram } from '../system/is-program.ts';

/** Where a program lies, as the shell of the calling client would find it: on that client's PATH. Undefined: nowhere. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (name.includes('/')) return isProgram(name) ? name : undefined;
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder.startsWith('/'))
    .map(folder => join(folder, name))
    .find(isProgram);
}
