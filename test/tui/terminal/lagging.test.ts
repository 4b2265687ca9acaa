import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node-pty';
import { expect, onTestFinished, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./terminal-program.ts', import.meta.url));

test('a terminal that does not read does not stop the program, and is told all when it reads again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-lag-'));
  const alive = join(folder, 'alive');
  const pty = spawn(process.execPath, [PROGRAM, alive], { cols: 80, rows: 24, env: { PATH: process.env.PATH ?? '' } });
  const ended = new Promise<void>(resolve => pty.onExit(() => resolve()));
  onTestFinished(async () => {
    pty.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  let output = '';
  const seen = (text: string) =>
    new Promise<void>(resolve => {
      const { dispose } = pty.onData(data => {
        output = (output + data).slice(-1000);
        if (!output.includes(text)) return;
        dispose();
        resolve();
      });
    });
  await seen('ready');
  pty.pause();
  pty.write('l');
  // Nobody tells when a file appears in a process that is not ours: look again.
  while (!existsSync(alive)) await wait(15);
  pty.resume();
  await seen('drained');
  expect(output).toContain('drained');
});
