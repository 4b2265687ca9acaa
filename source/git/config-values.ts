import type { Git } from './git.ts';
import type { AskedOn } from './git-dir.ts';
import { askGit } from './run-git.ts';

/** Settings of git by their keys: the last value of each, as git takes it. Undefined is a key without a value. */
export type ConfigValues = ReadonlyMap<string, string | undefined>;

/** All settings whose key fits a pattern, in one call. */
export async function readConfig(
  git: Git,
  {
    on,
    pattern,
  }: {
    readonly on: AskedOn;
    readonly pattern: string;
  },
): Promise<ConfigValues> {
  // It fails where there is none.
  const text = (await askGit(git, on(['config', '-z', '--get-regexp', pattern]))) ?? '';
  const values = new Map<string, string | undefined>();
  for (const entry of text.split('\0').filter(Boolean)) {
    const end = entry.indexOf('\n');
    if (end === -1) values.set(entry, undefined);
    else values.set(entry.slice(0, end), entry.slice(end + 1));
  }
  return values;
}

/** As git reads a switch: one that is only named is on, and so is a number that is not 0. */
export function isOn(values: ConfigValues, key: string): boolean {
  if (!values.has(key)) return false;
  const value = values.get(key);
  return value === undefined || /^(true|yes|on|[+-]?0*[1-9]\d*[kmg]?)$/i.test(value);
}

/** The remotes that have any setting, as `git remote` lists them. */
export function remoteNames(values: ConfigValues): readonly string[] {
  const names = [...values.keys()].map(key => /^remote\.(.+)\.[^.]+$/s.exec(key)?.[1]);
  return [...new Set(names.filter(name => name !== undefined))];
}
