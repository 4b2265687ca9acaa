import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, inject, test } from 'vitest';
import { tempHome } from './temp-home.ts';

const source = fileURLToPath(new URL('../../source/system/kill-point.ts', import.meta.url));

/** A program that passes two points, three times each, built as the build does it. */
function program(isTest: boolean): string {
  const built = buildSync({
    stdin: {
      contents: `import { killPoint } from ${JSON.stringify(source)};
        for (const round of [1, 2, 3]) for (const point of ['a:b', 'c']) { killPoint(point); console.log(point + round); }`,
      resolveDir: '/',
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    define: { __TUTTI_TEST__: String(isTest) },
  });
  return built.outputFiles[0]?.text ?? '';
}

function run(killAt: string, pids?: string) {
  const env = { TUTTI_KILL_AT: killAt, ...(pids === undefined ? {} : { TUTTI_KILL_PIDS: pids }) };
  const { signal, stdout } = spawnSync(process.execPath, ['-e', program(true)], { env, encoding: 'utf8' });
  return { signal, said: stdout.trim().split('\n') };
}

test('a test build ends itself at the named passage of the named point, before the next line runs', () => {
  expect(run('a:b:2')).toEqual({ signal: 'SIGKILL', said: ['a:b1', 'c1'] });
  expect(run('c:3')).toEqual({ signal: 'SIGKILL', said: ['a:b1', 'c1', 'a:b2', 'c2', 'a:b3'] });
  expect(run('c:4').signal).toBeNull();
});

test('others may be named, who are ended instead, once', async () => {
  const other = spawn('sleep', ['1000'], { stdio: 'ignore' });
  const ended = new Promise(resolve => other.once('exit', (_code, signal) => resolve(signal)));
  const pids = join(tempHome(), 'pids');
  writeFileSync(pids, `${other.pid}\n`);
  expect(run('a:b:2', pids)).toMatchObject({ signal: null, said: { length: 6 } });
  expect(await ended).toBe('SIGKILL');
  expect(existsSync(pids)).toBe(false);
  expect(run('a:b:2', pids).signal).toBeNull();
});

test('whoever comes there first may be named', () => {
  const pids = join(tempHome(), 'pids');
  writeFileSync(pids, 'self\n');
  expect(run('a:b:2', pids)).toEqual({ signal: 'SIGKILL', said: ['a:b1', 'c1'] });
  expect(run('a:b:2', pids).signal).toBeNull();
});

test('other builds have not a byte of it', () => {
  expect(program(false)).not.toContain('TUTTI_KILL_AT');
  expect(program(false)).not.toContain('SIGKILL');
  expect(readFileSync(`${inject('testBuilds')}/a/host-bundle.cjs`, 'utf8')).toContain('TUTTI_KILL_AT');
});
