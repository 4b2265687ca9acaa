import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

// A host that has said that it runs, and dies before anybody is connected to it.
const EARLY = 'host:answered:1';

let stage: Stage;
afterEach(() => stage?.end());

const check = () => `echo run >> ${stage.home.root}/checks && test "$(cat word)" = good`;

/** Only the first host that a daemon starts dies, or every one. */
const dying = (which: 'first' | 'all') => {
  if (which === 'all') return { TUTTI_KILL_AT: EARLY };
  const pids = join(stage.home.root, 'pids');
  writeFileSync(pids, 'self\n');
  return { TUTTI_KILL_AT: EARLY, TUTTI_KILL_PIDS: pids };
};

test('the host of a check dies early: the check is run again, and the run goes on', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Checked');
  const env = dying('first');
  await stage.restartDaemon(env);
  const act = { operation: stage.operation(), session: session.id };
  await stage.request('run/start', { ...act, goal: '[[write word good]]', check: check() });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(existsSync(env.TUTTI_KILL_PIDS ?? '')).toBe(false);
});

test('the host of a check dies early each time: the run stops and says so', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Checked');
  await stage.restartDaemon(dying('all'));
  const act = { operation: stage.operation(), session: session.id };
  await stage.request('run/start', { ...act, goal: '[[write word good]]', check: check() });
  const stopped = await stage.until(session.id, 'is stopped', view => view.session.run?.stage.name === 'stopped');
  expect(stopped.session.run?.stage).toMatchObject({
    why: 'checkFailed',
    text: expect.stringContaining('its host died right after its start, 3 times'),
  });
});

test('the host of an agent dies early: its session has failed, and one key brings it back', async () => {
  stage = await startStage();
  await stage.restartDaemon(dying('first'));
  const { session } = await stage.create({ title: 'Early', prompt: '[[say First]]' });
  const failed = await stage.until(session.id, 'has failed', view => view.status === 'failed');
  expect(failed.session).toMatchObject({ host: { state: 'lost' }, end: { cause: 'crash' } });
  const act = { operation: stage.operation(), session: session.id };
  await stage.request('session/restart', { ...act, env: stage.home.env });
  await stage.until(
    session.id,
    'is up',
    ({ session: { host }, activity }) => host.state === 'running' && activity.state === 'idle',
  );
});

test('the host of a shell dies early: who asked is told', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Shelled');
  await stage.restartDaemon(dying('first'));
  const act = { operation: stage.operation(), session: session.id };
  const open = () => stage.request('shell/open', { ...act, env: stage.home.env });
  await expect(open()).rejects.toThrow('went away right after its start');
  await expect(open()).resolves.toMatchObject({ running: true });
});
