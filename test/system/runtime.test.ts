import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { claimBundle, createBundle, writeHostRecord } from '../../source/system/bundle.ts';
import { paths } from '../../source/system/paths.ts';
import { processTable } from '../../source/system/process-identity.ts';
import { ensureRuntime, openRuntime, removeUnusedRuntimes } from '../../source/system/runtime.ts';
import { realSystem } from '../../source/system/system.ts';
import { tempHome } from './temp-home.ts';

function room() {
  const home = tempHome();
  const system = { ...realSystem(), env: { TUTTI_HOME: home } };
  const at = paths(system);
  const make = (build: 'a' | 'b', node = process.execPath) =>
    ensureRuntime({ dist: `${inject('testBuilds')}/${build}`, paths: at, system, node });
  return { home, system, at, make };
}

test('a runtime holds copies of all that runs for long, closed to others', () => {
  const { at, make } = room();
  const runtime = make('a');
  expect(runtime.folder).toBe(join(at.runtime, runtime.build));
  expect(runtime.build).toBe(`${runtime.version}-${runtime.hash}`);
  const files = readdirSync(runtime.folder).filter(name => name !== 'spawn-helper');
  expect(files.toSorted()).toEqual([
    'build.json',
    'compile-cache',
    'daemon-bundle.mjs',
    'daemon.mjs',
    'demo-agent.mjs',
    'host-bundle.cjs',
    'host.cjs',
    'node.path',
    'pty.node',
    'watcher.node',
  ]);
  expect(lstatSync(runtime.folder).mode & 0o077).toBe(0);
  expect(readFileSync(runtime.host)).toEqual(readFileSync(`${inject('testBuilds')}/a/host.cjs`));
  expect(runtime.node).toBe(process.execPath);
  expect(readdirSync(at.runtime)).toEqual([runtime.build]);
  expect(make('a')).toEqual(runtime);
  expect(openRuntime(runtime.folder, '/elsewhere/node')).toEqual(runtime);
});

test('two builds have two runtimes', () => {
  const { at, make } = room();
  const builds = [make('a').build, make('b').build];
  expect(readdirSync(at.runtime).toSorted()).toEqual(builds.toSorted());
});

test('a node that has vanished is replaced by the one at hand, for all that come', () => {
  const { home, make } = room();
  const node = join(home, 'node');
  writeFileSync(node, '');
  chmodSync(node, 0o700);
  const { folder } = make('a', node);
  expect(openRuntime(folder, process.execPath).node).toBe(node);
  rmSync(node);
  expect(openRuntime(folder, process.execPath).node).toBe(process.execPath);
  expect(readFileSync(join(folder, 'node.path'), 'utf8')).toBe(`${process.execPath}\n`);
});

test('a runtime goes when no host names it, it is not kept and was not asked for lately', () => {
  const { at, system, make } = room();
  const [a, b] = [make('a').folder, make('b').folder];
  const old = (folder: string) => utimesSync(folder, 1, 1);
  expect(removeUnusedRuntimes({ paths: at, system, keep: [] })).toEqual([]);
  old(a);
  old(b);
  const bundle = createBundle(at, 'aaaaaaaaaa', 'agent-1');
  const own = { pid: process.pid, start: processTable(process.platform).startOf(process.pid) ?? '' };
  expect(claimBundle(bundle, own)).toBe(true);
  // Whoever makes a host there has not said from where.
  expect(removeUnusedRuntimes({ paths: at, system, keep: [] })).toEqual([]);
  writeHostRecord(bundle, { hostPid: own.pid, hostStart: own.start, runtime: a } as never);
  expect(removeUnusedRuntimes({ paths: at, system, keep: [b] })).toEqual([]);
  expect(removeUnusedRuntimes({ paths: at, system, keep: [] })).toEqual([b]);
  expect([existsSync(a), existsSync(b)]).toEqual([true, false]);
  // Its host is dead: what it printed is kept for longer, what it ran from is not.
  writeHostRecord(bundle, { hostPid: own.pid, hostStart: 'an earlier process', runtime: a } as never);
  expect(removeUnusedRuntimes({ paths: at, system, keep: [] })).toEqual([a]);
});

test('what was left half removed, or goes meanwhile, keeps nobody from removing the rest', () => {
  const { system, at, make } = room();
  const { folder, build } = make('a');
  utimesSync(folder, 0, 0);
  mkdirSync(join(at.runtime, `.gone-${build}`, 'left'), { recursive: true });
  // Gone between the listing and the look.
  symlinkSync(join(at.runtime, 'nowhere'), join(at.runtime, '.new-vanished'));
  expect(removeUnusedRuntimes({ paths: at, system, keep: [] })).toEqual([folder]);
  expect(readdirSync(at.runtime)).toEqual(['.new-vanished']);
});

test('a build that is not whole leaves no half runtime and says what to do', () => {
  const { home, at, system } = room();
  writeFileSync(join(home, 'build.json'), '{"version":"1.0.0","hash":"abc"}');
  const broken = () => ensureRuntime({ dist: home, paths: at, system, node: process.execPath });
  expect(broken).toThrow(/tutti's runtime can't be copied to .*1\.0\.0-abc: ENOENT/);
  expect(readdirSync(at.runtime)).toEqual([]);
  rmSync(join(home, 'build.json'));
  expect(broken).toThrow(/Install tutti again\.$/);
});
