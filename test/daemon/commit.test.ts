import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const act = (session: string) => ({ operation: stage.operation(), session });
const messages = (session: { readonly base: { readonly commit: string }; readonly branch: string }) =>
  stage.git(['log', '--format=%B', `${session.base.commit}..${session.branch}`]);

test('a person commits everything with an own message, and then nothing is left to be committed', async () => {
  stage = await startStage({ repository: { remote: true } });
  const { session } = await stage.idle('By hand', { prompt: '[[write word good]]' });
  writeFileSync(join(session.worktree, 'README.md'), 'edited\n');
  const message = 'Say the good word\n\nAs it was asked for.';
  const { commit, view } = await stage.request('branch/commit', { ...act(session.id), message });
  expect(view.changes).toMatchObject({ commits: 1, uncommitted: 0, unpushed: 1, head: commit });
  expect(stage.git(['rev-parse', session.branch])).toBe(commit);
  expect(messages(session).trim()).toBe(message);
  expect(stage.git(['show', '--name-only', '--format=', commit]).trim().split('\n')).toEqual(['README.md', 'word']);
  await expect(stage.request('branch/commit', { ...act(session.id), message })).rejects.toMatchObject({
    kind: 'conflict',
    message: 'There is nothing to commit in "By hand".',
  });
  expect(await stage.request('branch/push', { ...act(session.id), commit })).toMatchObject({ uncommitted: 0 });
});

test('a push that can not even be tried is refused, and nothing is called failed for it', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Nowhere', { prompt: '[[write word good]]' });
  await expect(stage.request('branch/push', { ...act(session.id), commit: null })).rejects.toMatchObject({
    kind: 'notSupported',
    message: `Could not push ${session.branch}: the repository has no remote. Add one with git remote add origin <url>.`,
  });
  const { status } = await stage.request('session/show', { session: session.id });
  expect(status).toBe('idle');
});

test('a hook that refuses says so, and the work stays', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Hooked', { prompt: '[[write word good]]' });
  writeFileSync(join(stage.repository, '.git/hooks/pre-commit'), '#!/bin/sh\necho no tabs >&2\nexit 1\n', {
    mode: 0o755,
  });
  await expect(stage.request('branch/commit', { ...act(session.id), message: 'Try' })).rejects.toMatchObject({
    kind: 'conflict',
    message: 'A hook refused the commit of "Hooked": no tabs',
  });
  expect(messages(session)).toBe('');
  await stage.until(session.id, 'has its work', view => view.changes?.uncommitted === 1);
});

test('a commit whose daemon is killed before it is written down is answered, and not made twice', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Twice', { prompt: '[[write word good]]' });
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:commitAll:after:1' });
  const first = await stage.daemonPid();
  const { commit } = await stage.request('branch/commit', { ...act(session.id), message: 'Once  only' });
  expect(stage.git(['rev-parse', session.branch])).toBe(commit);
  expect(messages(session).trim()).toBe('Once  only');
  expect(await stage.daemonPid()).not.toBe(first);
});

test('while a run works nobody commits, but for the person who has taken it over', async () => {
  stage = await startStage();
  const { session } = await stage.create({
    title: 'Works',
    run: { goal: '[[write word good]] [[sleep @go]]', check: 'true' },
  });
  await stage.until(session.id, 'works', view => view.changes?.uncommitted === 1);
  const commit = () => stage.request('branch/commit', { ...act(session.id), message: 'Mine' });
  await expect(commit()).rejects.toThrow('it still works; wait until it is ready, or take it over');
  await stage.request('run/takeOver', act(session.id));
  const made = await commit();
  writeFileSync(join(session.worktree, 'go'), '');
  await stage.request('run/giveBack', act(session.id));
  const ready = await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(messages(ready.session).split('\n').filter(Boolean).at(-1)).toBe('Mine');
  expect(stage.git(['merge-base', made.commit, session.branch])).toBe(made.commit);
});
