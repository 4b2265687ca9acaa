import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('an act that is asked for again after a crash and has failed meanwhile is no success', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Stays', { prompt: '[[write work.txt mine]]' });
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:killRequested:after:1' });
  const first = await stage.daemonPid();
  // No snapshot can be written under it.
  const refs = join(stage.repository, '.git/refs/tutti');
  writeFileSync(refs, '');
  const killed = stage.request('session/kill', { operation: stage.operation(), session: session.id });
  await expect(killed).rejects.toThrow('Could not keep a snapshot of');
  expect(await stage.daemonPid()).not.toBe(first);
  expect(stage.view(session.id).session.life.name).toBe('live');
  expect(existsSync(join(session.worktree, 'work.txt'))).toBe(true);
  rmSync(refs);
});

test('an act that is asked for twice at once is done once, and both are answered', async () => {
  stage = await startStage({ repository: { remote: true } });
  const { session } = await stage.idle('Once');
  const wanted = { operation: stage.operation(), session: session.id, commit: null };
  const [first, second] = await Promise.all([1, 2].map(() => stage.request('branch/push', wanted)));
  expect(first?.remote).toBe('origin');
  expect(second).toMatchObject({ remote: 'origin', output: first?.output });
  const { history } = await stage.request('session/why', { session: session.id });
  expect(history.filter(({ text }) => text === 'push asked for')).toHaveLength(1);
});
