import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bringBackWorktree } from '../../source/git/bring-back.ts';
import { restoreFromSnapshot } from '../../source/git/restore-snapshot.ts';
import { writeSnapshot } from '../../source/git/snapshot.ts';
import { storeWorktree } from '../../source/git/store-worktree.ts';
import { BRANCH, busyWorktree } from './busy-worktree.ts';
import { Crash } from './scratch.ts';

describe('restoreFromSnapshot', () => {
  for (const point of ['none', 'branch', 'record', 'checkout', 'fill', 'index', 'unlock']) {
    test(`brings back what is not ignored (crash before: ${point})`, async () => {
      const all = await busyWorktree();
      const { git, sh, root, gitDir, head, from } = all;
      const status = sh(from, 'status', '--porcelain');
      const { commit } = await writeSnapshot(git, { worktree: from, ref: 'refs/tutti/x/1' });
      sh(root, 'worktree', 'remove', '--force', from);
      const wanted = { gitDir, commit, to: from, branch: BRANCH };
      if (point !== 'none') {
        await expect(restoreFromSnapshot(git, { ...wanted, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
      }
      expect(await restoreFromSnapshot(git, wanted)).toEqual({ branch: BRANCH, head });
      expect(await restoreFromSnapshot(git, wanted)).toEqual({ branch: BRANCH, head });
      expect(sh(from, 'status', '--porcelain')).toBe(status);
      expect(readFileSync(join(from, 'new'), 'utf8')).toBe('new\n');
      expect(sh(from, 'show', ':a')).toBe('staged');
    });
  }

  for (const point of ['none', 'checkout', 'index']) {
    test(`bringBackWorktree takes it where the folder is gone from the store (crash before: ${point})`, async () => {
      const all = await busyWorktree();
      const { git, gitDir, head, from, to } = all;
      const { commit: snapshot } = await writeSnapshot(git, { worktree: from, ref: 'refs/tutti/x/1' });
      await storeWorktree(git, { gitDir, from, to });
      const wanted = { gitDir, from: to, to: from, branch: BRANCH, onto: undefined, snapshot, tip: head };
      if (point === 'none') {
        expect(await bringBackWorktree(git, wanted)).toEqual({ branch: BRANCH, head, by: 'folder' });
        await storeWorktree(git, { gitDir, from, to });
      }
      rmSync(to, { recursive: true });
      if (point !== 'none') {
        await expect(bringBackWorktree(git, { ...wanted, passPoint: Crash.at(point) })).rejects.toThrow(Crash);
      }
      expect(await bringBackWorktree(git, wanted)).toEqual({ branch: BRANCH, head, by: 'snapshot' });
      expect(readFileSync(join(from, 'new'), 'utf8')).toBe('new\n');
      expect(readdirSync(join(gitDir, 'worktrees'))).toHaveLength(1);
    });
  }

  test('bringBackWorktree makes one anew from the branch where there is neither folder nor snapshot', async () => {
    const { git, sh, root, gitDir, head, from, to } = await busyWorktree();
    sh(root, 'worktree', 'remove', '--force', from);
    const wanted = { gitDir, from: to, to: from, branch: BRANCH, onto: undefined, snapshot: undefined, tip: head };
    expect(await bringBackWorktree(git, wanted)).toEqual({ branch: BRANCH, head, by: 'branch' });
    expect(sh(from, 'status', '--porcelain')).toBe('');
    sh(root, 'worktree', 'remove', '--force', from);
    sh(root, 'branch', '-D', BRANCH);
    expect(await bringBackWorktree(git, wanted)).toEqual({ branch: BRANCH, head, by: 'branch' });
    sh(root, 'worktree', 'remove', '--force', from);
    sh(root, 'branch', '-D', BRANCH);
    await expect(bringBackWorktree(git, { ...wanted, tip: undefined })).rejects.toThrow('are gone');
  });

  test('takes a branch of its own where the branch has moved', async () => {
    const all = await busyWorktree();
    const { git, sh, root, gitDir, head, from } = all;
    const { commit } = await writeSnapshot(git, { worktree: from, ref: 'refs/tutti/x/1' });
    sh(root, 'worktree', 'remove', '--force', from);
    sh(root, 'checkout', '--quiet', BRANCH);
    sh(root, 'commit', '--quiet', '--allow-empty', '-m', 'meanwhile');
    const wanted = { gitDir, commit, to: from, branch: BRANCH };
    await expect(restoreFromSnapshot(git, { ...wanted, passPoint: Crash.at('fill') })).rejects.toThrow(Crash);
    expect(await restoreFromSnapshot(git, wanted)).toEqual({ branch: `${BRANCH}-2`, head });
    expect(readFileSync(join(from, 'new'), 'utf8')).toBe('new\n');
  });
});
