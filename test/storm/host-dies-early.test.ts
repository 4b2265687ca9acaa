import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { hostBundle } from '../../source/system/paths.ts';
import { type Stage, startStage } from '../daemon/stage.ts';

// A host that has said that it runs, and dies before anybody is connected to it.

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
afterEach(() => stage?.end());

/** A session whose first host of a role, `check-1`, will die so; answers an operation on it. */
async function doomed(role: 'agent' | 'check' | 'shell', host: string) {
  stage = await startStage();
  const { session } = await stage.idle('Doomed');
  const pids = join(stage.home.root, 'pids');
  writeFileSync(pids, join(hostBundle(stage.paths, session.id, host), 'host.json'));
  await stage.restartDaemon({ TUTTI_KILL_AT: `daemon:launchHost:${role}:started:1`, TUTTI_KILL_PIDS: pids });
  return { session, pids, act: () => ({ operation: stage.operation(), session: session.id }) };
}

const check = () => `echo run >> ${stage.home.root}/checks && test "$(cat word)" = good`;

test('the host of a check: the check is run again, and the run goes on', async () => {
  const { session, pids, act } = await doomed('check', 'check-1');
  await stage.request('run/start', { ...act(), goal: '[[write word good]]', check: check() });
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
  expect(existsSync(pids)).toBe(false);
});

test('the host of a check each time: the run stops and says so', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Doomed');
  // Without a word on who dies it is every host, at that point of its own.
  await stage.restartDaemon({ TUTTI_KILL_AT: 'host:answered:1' });
  await stage.request('run/start', {
    operation: stage.operation(),
    session: session.id,
    goal: '[[write word good]]',
    check: check(),
  });
  const stopped = await stage.until(session.id, 'is stopped', view => view.session.run?.stage.name === 'stopped');
  expect(stopped.session.run?.stage).toMatchObject({
    why: 'checkFailed',
    text: expect.stringContaining('its host died right after its start, 3 times'),
  });
});

test('the host of an agent: its session has failed, and one key brings it back', async () => {
  const { session, pids, act } = await doomed('agent', 'agent-2');
  const { host } = session;
  if (host.state !== 'running') throw new Error('its agent does not run');
  process.kill(host.programPid, 'SIGKILL');
  const restart = () => stage.request('session/restart', { ...act(), env: stage.home.env });
  await stage.until(session.id, 'has ended', view => view.session.host.state === 'exited');
  const notices = stage.notices.length;
  await restart();
  await stage.eventually('it is said', () =>
    stage.notices.slice(notices).find(({ text }) => text.includes('its host ended without a word. R starts it again.')),
  );
  expect(existsSync(pids)).toBe(false);
  expect(stage.view(session.id)).toMatchObject({ status: 'failed', session: { host: { state: 'lost' } } });
  await restart();
  await stage.until(session.id, 'is back', view => view.status === 'idle');
});

test('the host of a shell: who asked is told', async () => {
  const { pids, act } = await doomed('shell', 'shell-1');
  const open = () => stage.request('shell/open', { ...act(), env: stage.home.env });
  await expect(open()).rejects.toThrow('went away right after its start');
  expect(existsSync(pids)).toBe(false);
  await expect(open()).resolves.toMatchObject({ running: true });
});
