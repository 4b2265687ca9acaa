import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openGit } from '../../source/git/git.ts';
import { listWorktrees } from '../../source/git/worktree-list.ts';
import { scratch } from './scratch.ts';

/** A git that fails so often over an entry that is being made, as 2.43 says it, and then does what it is told. */
function gitThatFails(times: number, message: string) {
  const { path, env, repository } = scratch();
  const program = path('git');
  const count = path('count');
  writeFileSync(
    program,
    `#!/bin/sh\necho x >> '${count}'\nif [ $(wc -l < '${count}') -le ${times} ]; then echo '${message}' >&2; exit 128; fi\nexec git "$@"\n`,
  );
  chmodSync(program, 0o755);
  const asked = () => (existsSync(count) ? readFileSync(count, 'utf8').trim().split('\n').length : 0);
  return { git: openGit({ env, program }), repository: repository(), asked };
}

const HALF_MADE = 'fatal: failed to read /r/.git/worktrees/word/commondir: Success';

test('an entry that somebody makes in this moment is there at the next look', async () => {
  const { git, repository, asked } = gitThatFails(2, HALF_MADE);
  expect((await listWorktrees(git, repository.gitDir)).map(({ path }) => path)).toEqual([repository.root]);
  expect(asked()).toBe(3);
});

test('what does not pass is told, and nothing else is tried again', async () => {
  const broken = gitThatFails(99, HALF_MADE);
  await expect(listWorktrees(broken.git, broken.repository.gitDir)).rejects.toThrow('commondir');
  expect(broken.asked()).toBe(5);
  const other = gitThatFails(99, 'fatal: not a git repository');
  await expect(listWorktrees(other.git, other.repository.gitDir)).rejects.toThrow('not a git repository');
  expect(other.asked()).toBe(1);
});
