import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchOver } from '../real-agents/untouched.ts';

const ALLOWED = [
  { path: 'own', why: 'its conversations' },
  { path: '.own-*', why: 'its databases' },
  { path: 'shared.json', why: 'it counts', ways: /^projects \S+ count: / },
  { path: 'shared.toml', why: 'it counts', ways: /^notice: count = / },
];

function homeWith(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'tutti-untouched-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const touched = watchOver([{ root, allowed: ALLOWED }]);
  return { root, write, touched: () => touched().map(line => line.replace(`${root}/`, '')) };
}

test('a file that is changed, new or gone is told, wherever it lies and whatever its name', () => {
  const { root, write, touched } = homeWith({ 'a/.b/settings.json': '{ "mine" : 1 }', 'c.txt': '', 'own/d': 'one' });
  symlinkSync('c.txt', join(root, 'link'));
  expect(touched()).toEqual(['link is new']);
  rmSync(join(root, 'link'));
  write('a/.b/settings.json', '{"mine":1}');
  write('a/.hidden/e', '');
  rmSync(join(root, 'c.txt'));
  expect(touched().sort()).toEqual(['a/.b/settings.json has changed', 'a/.hidden/e is new', 'c.txt is gone']);
});

test("records that are the program's own are not looked at, and none beside them is taken for one", () => {
  const { write, touched } = homeWith({ 'own/d': 'one' });
  write('own/d', 'two');
  write('own/e/f', '');
  write('.own-db', '');
  expect(touched()).toEqual([]);
  write('owned', '');
  write('a/own/g', '');
  expect(touched().sort()).toEqual(['a/own/g is new', 'owned is new']);
});

test("in settings that the program writes as well only its own values may change; the user's stand", () => {
  const json = { mine: [1, 2], projects: { '/a': { count: 1, trusted: true } } };
  const toml = '# mine\nmodel   = "a"\n[notice]\ncount = 1\n[other]\ncount = 1\n';
  const { root, write, touched } = homeWith({ 'shared.json': JSON.stringify(json), 'shared.toml': toml });
  const counted = { ...json, projects: { '/a': { trusted: true, count: 2 }, '/b': { count: 1 } } };
  write('shared.json', JSON.stringify(counted, undefined, 2));
  write('shared.toml', toml.replace('count = 1', 'count = 2'));
  expect(touched()).toEqual([]);
  write('shared.json', JSON.stringify({ ...counted, mine: [1], hooks: { Stop: [] } }));
  write('shared.toml', toml.replace('# mine\n', '').replace('model   =', 'model ='));
  appendFileSync(join(root, 'shared.toml'), 'count = 2\n');
  expect(touched().map(line => line.replace(/^shared\./u, ''))).toEqual([
    'json has lost mine 1: 2',
    'json has got hooks Stop: empty',
    'toml has lost : # mine',
    'toml has lost : model   = "a"',
    'toml has got : model = "a"',
    'toml has got other: count = 2',
  ]);
});
