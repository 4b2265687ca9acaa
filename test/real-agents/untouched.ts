import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import type { PinnedAgent } from './install-agent.ts';
import { type Allowed, OF_THE_FLEET, OF_THEIR_OWN } from './own-records.ts';

/** A home or a fleet's, with what may be written in it. */
export interface Watched {
  readonly root: string;
  readonly allowed: readonly Allowed[];
}

export const homeOf = (agents: readonly PinnedAgent[], root: string): Watched => ({
  root,
  allowed: agents.flatMap(agent => OF_THEIR_OWN[agent]),
});

/** The home of tutti and the repository in it. */
export const fleetOf = (root: string): Watched => ({ root, allowed: OF_THE_FLEET });

/**
 * Looks at all files and links below some folders, and answers what says later how they differ from now, one line for each: nothing where only
 * records were written that are their writers' own.
 */
export function watchOver(watched: readonly Watched[]): () => readonly string[] {
  const before = watched.map(contentsOf);
  return () => watched.flatMap((each, at) => differences(each, before[at] ?? new Map(), contentsOf(each)));
}

type Contents = ReadonlyMap<string, string>;

/** Bytes of files and targets of links, by path from the root; what is somebody's own is not looked into. */
function contentsOf({ root, allowed }: Watched): Contents {
  const found = new Map<string, string>();
  const own = allowed.filter(({ ways }) => !ways);
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (own.some(each => matchesGlob(path, each.path))) continue;
      const at = join(root, path);
      if (entry.isDirectory()) walk(path);
      else if (entry.isSymbolicLink()) found.set(path, `-> ${readlinkSync(at)}`);
      else if (!entry.isFile()) found.set(path, 'a socket or a pipe');
      else {
        const bytes = bytesOf(at);
        if (bytes !== undefined) found.set(path, bytes);
      }
    }
  };
  walk('');
  return found;
}

/** Nothing of one that was renamed or removed while one looked: programs write beside a file first. */
function bytesOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

function differences({ root, allowed }: Watched, before: Contents, after: Contents): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(path => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    const at = join(root, path);
    if (was === undefined) return [`${at} is new`];
    if (is === undefined) return [`${at} is gone`];
    const ways = allowed.find(each => matchesGlob(path, each.path))?.ways;
    if (!ways) return [`${at} has changed`];
    const [kept, now] = [usersOf(path, was, ways), usersOf(path, is, ways)];
    return [
      ...kept.filter(value => !now.includes(value)).map(value => `${at} has lost ${value}`),
      ...now.filter(value => !kept.includes(value)).map(value => `${at} has got ${value}`),
    ];
  });
}

const usersOf = (path: string, text: string, ways: RegExp) => valuesOf(path, text).filter(value => !ways.test(value));

/** Of JSON and of TOML each value with the way to it, so that it is told from one of that name elsewhere; of TOML also the user's comments. */
function valuesOf(path: string, text: string): readonly string[] {
  if (path.endsWith('.json')) return valuesOfJson(JSON.parse(text.replace(/^\/\/.*$/gmu, '')), []);
  let section = '';
  return text.split('\n').flatMap(line => {
    section = /^\[(.*)\]$/u.exec(line)?.[1] ?? section;
    return line === '' || line === `[${section}]` ? [] : [`${section}: ${line}`];
  });
}

function valuesOfJson(json: unknown, way: readonly string[]): readonly string[] {
  if (typeof json !== 'object' || json === null) return [`${way.join(' ')}: ${JSON.stringify(json)}`];
  const entries = Object.entries(json);
  if (entries.length === 0) return [`${way.join(' ')}: empty`];
  return entries.flatMap(([key, value]) => valuesOfJson(value, [...way, key]));
}
