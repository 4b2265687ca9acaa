import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Import, importsOf, ROOT, readSource, type SourceFile } from './read-imports.ts';
import { ALLOWED, DOORS, FORBIDDEN_FOLDERS, longestOf, ROOMS, WORLD, WORLD_ALLOWED } from './rooms.ts';

const files = readSource();
const imports = files.flatMap(importsOf);

/** `source/a.ts → source/b.ts`. */
const arrow = ({ from, to }: Import) => `${from.path} → ${to}`;
const roomOf = (path: string) => files.find(file => file.path === path)?.room;

test('every folder of the source is a room with a rule, and none is a drawer', () => {
  expect([...new Set(files.map(file => file.room))].filter(room => !(room in ROOMS))).toEqual([]);
  const folders = new Set(files.flatMap(file => file.path.split('/').slice(0, -1)));
  expect(FORBIDDEN_FOLDERS.filter(name => folders.has(name))).toEqual([]);
});

test('rooms import only what they may', () => {
  const isBreach = ({ from, to, isType }: Import) => {
    const rule = ROOMS[from.room];
    if (to.startsWith('node:')) return rule?.pure === true;
    const room = roomOf(to);
    // A file that is not there is tsc's business, or text of a file that is written.
    if (room === undefined) return !to.startsWith('source/') && !rule?.packages?.includes(to);
    if (room === from.room || rule?.rooms.includes(room)) return false;
    // A type leaves nothing in the program; those of settings describe data.
    return !(isType && to === 'source/store/settings-defaults.ts');
  };
  expect(
    imports
      .filter(isBreach)
      .map(arrow)
      .filter(breach => !(breach in ALLOWED)),
  ).toEqual([]);
});

test('rooms with a door are entered through it', () => {
  const isBreach = ({ from, to }: Import) =>
    DOORS.some(door => from.room === door.by && roomOf(to) === door.room && !door.files.test(to));
  expect(imports.filter(isBreach).map(arrow)).toEqual([]);
});

test('each outside package is imported by one room, but zod, and is named in package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const outside = imports.filter(({ to }) => !to.startsWith('node:') && !to.startsWith('source/'));
  const rooms = Map.groupBy(outside, each => each.to);
  const shared = [...rooms].filter(
    ([name, users]) => name !== 'zod' && new Set(users.map(user => user.from.room)).size > 1,
  );
  expect(shared.map(([name]) => name)).toEqual([]);
  const named = { ...dependencies, ...devDependencies };
  expect([...rooms.keys()].filter(name => !(name in named))).toEqual([]);
  const versions = Object.entries<string>(named).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(versions).toEqual([]);
});

test('what is native or loaded by name is a dependency; everything else is in the bundle', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies).sort()).toEqual(['@parcel/watcher', 'node-pty']);
});

test('a host carries no zod, no git and no screen of ours', () => {
  const reached = reachableFrom('source/host/main.ts');
  expect([...reached].filter(to => /^(zod|yargs|ink|react|simple-git|conf|pino)$/.test(to))).toEqual([]);
});

test('files are short: 300 lines, components 150', () => {
  const tests = readTests();
  const long = [...files, ...tests].map(file => ({ path: file.path, lines: file.text.split('\n').length - 1 }));
  expect(long.filter(({ path, lines }) => lines > longestOf(path))).toEqual([]);
});

test('names of files are kebab-case', () => {
  const odd = files.filter(({ path }) => !/^[a-z0-9-]+(\.[a-z]+)+$/.test(path.split('/').at(-1) ?? ''));
  expect(odd.map(file => file.path)).toEqual([]);
});

test('time, chance, environment and home come through the system', () => {
  const breaches = files.flatMap(({ path, text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    return WORLD.filter(({ pattern }) => pattern.test(code) && !(path in WORLD_ALLOWED)).map(
      ({ what }) => `${path}: ${what}`,
    );
  });
  expect(breaches).toEqual([]);
});

test('no default exports, no enums, no namespaces', () => {
  const odd = files.filter(({ text }) =>
    /^export default\b|^\s*(export )?(const )?enum \w|^\s*namespace \w/m.test(text),
  );
  expect(odd.map(file => file.path)).toEqual([]);
});

test('exceptions are still needed', () => {
  const all = new Set(imports.map(arrow));
  expect(Object.keys(ALLOWED).filter(breach => !all.has(breach))).toEqual([]);
  expect(Object.keys(WORLD_ALLOWED).filter(path => !files.some(file => file.path === path))).toEqual([]);
});

/** Every file and package that comes with a file, types left out. */
function reachableFrom(path: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [path];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const file = files.find(each => each.path === next);
    if (file)
      queue.push(
        ...importsOf(file)
          .filter(each => !each.isType)
          .map(each => each.to),
      );
  }
  return seen;
}

function readTests(): readonly Pick<SourceFile, 'path' | 'text'>[] {
  return readSource('test').filter(file => !file.path.startsWith('test/fixtures/'));
}
