import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeRepository } from '../../source/git/describe-repository.ts';
import { openGit } from '../../source/git/git.ts';
import { scratch } from './scratch.ts';

/** A git that notes what it is called with: each call costs the daemon more than all else that it does. */
function counted(all: ReturnType<typeof scratch>) {
  const program = all.path('counted-git');
  const log = all.path('calls');
  all.write(program, `#!/bin/sh\n[ "$1" = --version ] || echo . >> '${log}'\nexec git "$@"\n`);
  chmodSync(program, 0o755);
  const git = openGit({ env: all.env, program });
  return async (act: (git: ReturnType<typeof openGit>) => Promise<unknown>) => {
    rmSync(log, { force: true });
    await act(git);
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
  };
}

test('git is called no more often than it has to be', async () => {
  const all = scratch();
  const { root } = all.repository();
  const callsOf = counted(all);
  expect(await callsOf(git => describeRepository(git, join(root)))).toBe(6);
});
