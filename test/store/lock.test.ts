import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from '../../source/store/lock.ts';

const source = fileURLToPath(new URL('../../source/store/lock.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that takes the lock and holds it; answers whether it got it. */
async function holder(file: string) {
  const script = `import { takeLock } from ${JSON.stringify(source)};
    console.log(takeLock(${JSON.stringify(file)}) ? 'got' : 'busy'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data).trim())));
  const kill = () =>
    new Promise<void>(resolve => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  return { said, kill };
}

test('one process has the lock, and SIGKILL lets go of it', async () => {
  const file = join(folder, 'daemon.lock');
  const first = await holder(file);
  expect(first.said).toBe('got');
  const second = await holder(file);
  expect(second.said).toBe('busy');
  await second.kill();
  expect(takeLock(file)).toBeUndefined();
  await first.kill();
  const mine = takeLock(file);
  expect(mine).toBeDefined();
  const third = await holder(file);
  expect(third.said).toBe('busy');
  await third.kill();
  mine?.release();
});

test('a folder that is not there is said', () => {
  expect(() => takeLock(join(folder, 'no/daemon.lock'))).toThrow(
    /^The lock .* can't be opened: .*Make its folder writable\.$/,
  );
});
