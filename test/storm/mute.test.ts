import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readBundle } from '../../source/system/bundle.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { fileAppears } from '../daemon/file-appears.ts';
import { type Stage, startStage } from '../daemon/stage.ts';

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
afterEach(() => stage?.end());

/** SIGSTOP makes a host mute: its process lives, its socket takes connections, and nothing is answered. */
function signalHost(session: string, name: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const { record } = readBundle(hostBundle(stage.paths, session, name));
  if (!record) throw new Error(`${name} has no record`);
  process.kill(record.hostPid, signal);
}

test('hosts that are mute when a daemon comes are dialled again, and their run goes on', async () => {
  stage = await startStage();
  const at = (name: string) => join(stage.home.root, name);
  const { session } = await stage.create({
    title: 'Mute',
    run: {
      goal: '[[write word good]]',
      check: `touch ${at('checking')}; while test ! -e ${at('go')}; do sleep 0.1; done`,
    },
  });
  await fileAppears(at('checking'));
  await stage.until(session.id, 'has its check', view =>
    view.panes.some(({ role, running }) => role === 'check' && running),
  );
  const hosts = ['agent-1', 'check-1'];
  for (const name of hosts) signalHost(session.id, name, 'SIGSTOP');
  await stage.killDaemon();
  expect(stage.view(session.id)).toMatchObject({ status: 'checking', activity: { state: 'unknown' } });
  for (const name of hosts) signalHost(session.id, name, 'SIGCONT');
  await stage.until(session.id, 'is seen again', view => view.activity.state === 'idle');
  writeFileSync(at('go'), '');
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
});

test('a session whose host is stopped is killed with its program', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Stopped');
  signalHost(session.id, 'agent-1', 'SIGSTOP');
  await stage.request('session/kill', { operation: stage.operation(), session: session.id });
  expect(stage.processes().filter(({ what }) => what === 'host' || what === 'agent')).toEqual([]);
  expect(existsSync(session.worktree)).toBe(false);
});
