import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { commitAll } from '../../source/git/commit.ts';
import { endOrphan } from '../../source/git/orphan.ts';
import { runGit } from '../../source/git/run-git.ts';
import { processTable } from '../../source/system/process-identity.ts';
import { fileAppears } from '../daemon/file-appears.ts';
import { scratch } from './scratch.ts';

const PROGRAM = fileURLToPath(new URL('./commit-program.ts', import.meta.url));

const table = processTable(process.platform);

/** Its session has a process that is more than a zombie. */
function isAlive(leader: number): boolean {
  return table.sessionOf(leader, '').some(pid => table.startOf(pid) !== undefined);
}

test('a commit whose caller was killed is ended with its hook, and made once', async () => {
  const { env, git, sh, write, path, repository } = scratch();
  const { root, gitDir } = repository();
  const hook = join(gitDir, 'hooks/pre-commit');
  const started = path('signals', 'started');
  write(path('signals', '.keep'), '');
  write(hook, `#!/bin/sh\n[ -e ${path('second')} ] && exit 0\ntouch ${started}\nsleep 300\n`);
  chmodSync(hook, 0o755);
  write(join(root, 'work'), 'work\n');

  const first = spawn(process.execPath, [PROGRAM, root], { env: { ...env, NODE_NO_WARNINGS: '1' }, stdio: 'inherit' });
  const ended = new Promise(resolve => first.on('exit', (_, signal) => resolve(signal)));
  onTestFinished(() => void first.kill('SIGKILL'));
  await fileAppears(started);
  // The hook may be quicker than the note of it.
  await fileAppears(join(gitDir, 'tutti-git'), /\n$/);
  const group = Number(readFileSync(join(gitDir, 'tutti-git'), 'utf8').split(' ')[0]);
  first.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  expect(isAlive(group)).toBe(true);

  write(path('second'), '');
  const made = await commitAll(git, { worktree: root, message: 'Second', trailers: { 'Tutti-Step': 'x' } });
  expect(made.result).toBe('committed');
  expect(isAlive(group)).toBe(false);
  expect(sh(root, 'log', '--format=%s')).toBe('Second\nfirst');
  expect(existsSync(join(gitDir, 'index.lock'))).toBe(false);
  expect(existsSync(join(gitDir, 'tutti-git'))).toBe(false);
});

test('a process that got the number of that git is left alone', async () => {
  const { path } = scratch();
  const other = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
  const boot = table.startOf(process.pid)?.split('/')[0];
  try {
    for (const start of [`${boot}/1`, 'another-boot/1', '']) {
      writeFileSync(path('tutti-git'), `${other.pid} ${start}\n`);
      await endOrphan(path());
      expect(isAlive(other.pid ?? 0)).toBe(true);
      expect(existsSync(path('tutti-git'))).toBe(false);
    }
  } finally {
    other.kill();
  }
});

test('what is left of a group that got its number after a reboot is left alone', async () => {
  const { path } = scratch();
  // Its leader has gone, as that of a git whose hook lives on would be.
  const leader = spawn('sh', ['-c', 'sleep 300 & exit'], { detached: true, stdio: 'ignore' });
  const group = leader.pid ?? 0;
  await once(leader, 'exit');
  try {
    expect(table.startOf(group)).toBeUndefined();
    writeFileSync(path('tutti-git'), `${group} another-boot/1\n`);
    await endOrphan(path());
    expect(isAlive(group)).toBe(true);
  } finally {
    process.kill(-group, 'SIGKILL');
  }
});

test('a git that can not be noted is ended: nobody would know of it after a crash', async () => {
  const { git, repository } = scratch();
  const { root } = repository();
  let group = 0;
  const call = runGit(git, {
    cwd: root,
    args: ['-c', 'alias.hang=!exec sleep 300', 'hang'],
    onStart: pid => {
      group = pid;
      throw new Error('ENOSPC: no space left on device');
    },
  });
  try {
    await expect(call).rejects.toThrow(`Could not note that git runs in ${root}: ENOSPC: no space left on device.`);
    expect(isAlive(group)).toBe(false);
  } finally {
    if (isAlive(group)) process.kill(-group, 'SIGKILL');
  }
});
