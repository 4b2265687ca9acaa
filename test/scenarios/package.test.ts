import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { type Fleet, startFleet } from '../driver/fleet.ts';
import { runCommand } from '../driver/run-command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let fleet: Fleet;
beforeEach(async () => {
  fleet = await startFleet({ opened: false });
});
afterEach(() => fleet.end());

/** `npm pack` of this tree with the test build as `dist`, unpacked. Scripts are off: they would build into the tree itself. */
function packAndUnpack(): string {
  const stage = join(fleet.home.root, 'stage');
  mkdirSync(stage);
  for (const name of [
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'docs',
    'source',
    'test/driver',
    '.gitignore',
  ]) {
    cpSync(join(ROOT, name), join(stage, name), { recursive: true });
  }
  cpSync(join(inject('testBuilds'), 'a'), join(stage, 'dist'), { recursive: true });
  const env = {
    ...fleet.home.env,
    npm_config_cache: join(fleet.home.root, 'npm'),
    npm_config_update_notifier: 'false',
  };
  execFileSync('npm', ['pack', '--ignore-scripts', '--offline'], { cwd: stage, env, stdio: 'pipe' });
  const tarball = readdirSync(stage).find(name => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(stage, tarball), '-C', fleet.home.root]);
  return join(fleet.home.root, 'package');
}

test('the package holds what it needs and nothing else, and runs elsewhere', async () => {
  const folder = packAndUnpack();
  expect(readdirSync(folder).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'package.json']);
  const programs = ['daemon-bundle.mjs', 'daemon.mjs', 'demo-agent.mjs', 'host-bundle.cjs', 'host.cjs', 'tutti.js'];
  expect(
    readdirSync(join(folder, 'dist'))
      .filter(name => !name.startsWith('chunk-'))
      .sort(),
  ).toEqual(['build.json', 'cli.js', ...programs]);
  const { bin, dependencies, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(bin).toEqual({ tutti: 'dist/tutti.js' });

  // What an installation adds: the packages that are not in the bundle, and nothing else.
  for (const name of ['node-pty', ...readdirSync(join(ROOT, 'node_modules/@parcel')).map(each => `@parcel/${each}`)]) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  expect(Object.keys(dependencies)).toEqual(['@parcel/watcher', 'node-pty']);
  const run = (...words: string[]) =>
    runCommand({
      argv: [process.execPath, join(folder, bin.tutti), ...words],
      cwd: fleet.cwd,
      env: fleet.home.env,
    });
  expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await run('ls', '--json')).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
  // The screen too, from a folder that is no repository.
  const demo = fleet.open({ program: [process.execPath, join(folder, bin.tutti), 'demo'], cwd: fleet.home.root });
  await demo.see('cadenza');
  // All of its fleet: what is still being made when one quits would be missed by the kill.
  for (const title of ['Clear old', 'Search without', 'Document the', 'Which comp', 'Check the lic', 'Round the total'])
    await demo.see(title, { within: 20_000 });
  await demo.see('demo agent', { within: 20_000 });
  demo.press('q');
  expect(await demo.ended).toBe(0);
  expect((await run('kill', '--all', '--yes', '--json')).code).toBe(0);
  rmSync(folder, { recursive: true });
  // The package is gone, as in an upgrade; the daemon was started from the runtime folder and is still there.
  expect((await fleet.cli('daemon status --json')).json()).toMatchObject({ sessions: 0 });
});

test('a Node that is too old says so in one sentence', async () => {
  const launcher = join(inject('testBuilds'), 'a', 'tutti.js');
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.4' } });`;
  const { code, stdout, stderr } = await runCommand({
    argv: [process.execPath, '-e', `${older} import(${JSON.stringify(launcher)})`],
    cwd: fleet.cwd,
    env: fleet.home.env,
  });
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: `tutti needs Node.js 22.13 or newer, and ${process.execPath} is 20.19.4: install Node.js 24 (from nodejs.org, by nvm install 24, or by your package manager), then install and start tutti with it.\n`,
  });
});

test('the launcher is written for any Node: nothing that 14 can not read', () => {
  const text = readFileSync(join(ROOT, 'source/launcher.js'), 'utf8');
  expect(text).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(text).not.toMatch(/\bimport\s+[\w{*]|\bfrom '|\?\?=|\.at\(|#\w+\b\s*[=(]/);
});
