import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('a worktree that was deleted by hand: what is lost is said, and what was committed comes back', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Gone', { prompt: '[[write a.txt one]]' });
  stage.git(['add', 'a.txt'], session.worktree);
  stage.git(['commit', '-q', '-m', 'One'], session.worktree);
  rmSync(session.worktree, { recursive: true });
  await stage.request('session/pause', { operation: stage.operation(), session: session.id });
  const { env } = stage.home;
  const again = await stage.request('session/resume', { operation: stage.operation(), session: session.id, env });
  expect(again.session).toMatchObject({ life: { name: 'live' }, branch: session.branch });
  expect(readFileSync(join(session.worktree, 'a.txt'), 'utf8').trim()).toBe('one');
  expect(stage.notices.map(({ text }) => text)).toEqual([
    `The worktree ${session.worktree} was gone already: what was not committed in it can't be kept.`,
    `There was no folder to bring back: the worktree was made anew from ${session.branch}, with what was committed.`,
  ]);
});

test('a branch that is checked out elsewhere: undo comes back beside it, and a resume offers that', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Elsewhere');
  await stage.request('session/pause', { operation: stage.operation(), session: session.id });
  stage.git(['checkout', '-q', session.branch]);
  const resume = (onto?: 'own') =>
    stage.request('session/resume', {
      ...{ operation: stage.operation(), session: session.id, env: stage.home.env },
      ...(onto ? { onto } : {}),
    });
  await expect(resume()).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('--onto own') });
  expect((await resume('own')).session.branch).toBe(`${session.branch}-2`);
  await stage.request('session/kill', { operation: stage.operation(), session: session.id });
  stage.git(['checkout', '-q', `${session.branch}-2`]);
  const scope = { path: stage.repository };
  const back = await stage.request('session/undo', { operation: stage.operation(), env: stage.home.env, scope });
  expect(back.session.branch).not.toBe(`${session.branch}-2`);
});
