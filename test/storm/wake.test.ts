import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { connectHost } from '../../source/client/host-connection.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { fileAppears } from '../daemon/file-appears.ts';
import { type Stage, startStage } from '../daemon/stage.ts';
import { untilGone } from '../driver/leftovers.ts';

// As long as in the quick suite: no walk of the storm.
vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
afterEach(() => stage?.end());

/** Until the screen of an agent stands still: from then on its host has nothing to say by itself. */
async function settled(session: string): Promise<void> {
  const { paths, system } = stage;
  const bundle = hostBundle(paths, session, 'agent-1');
  const link = await connectHost({ bundle, paths, system, client: 'onlooker', kind: 'test', build: 'test' });
  const stands = new Promise<void>(resolve => {
    link.on('event', ({ type }) => type === 'settled' && resolve());
  });
  if (!(await link.request('event/watch', null)).settled) await stands;
  link.close();
}

test('a run goes on when its daemon is killed while nothing happens in any host, and nobody comes', async () => {
  stage = await startStage();
  const at = (name: string) => join(stage.home.root, name);
  writeFileSync(join(stage.repository, '.git/hooks/post-commit'), `#!/bin/sh\ntouch ${at('committed')}\n`, {
    mode: 0o755,
  });
  const { session } = await stage.create({
    title: 'Alone',
    run: {
      goal: '[[write word good]]',
      check: `touch ${at('checking')}; while test ! -e ${at('go')}; do sleep 0.05; done`,
    },
  });
  await fileAppears(at('checking'));
  await settled(session.id);
  await stage.restartDaemon({ TUTTI_KILL_AT: 'daemon:commitRun:before:1' });
  const pid = await stage.daemonPid();
  stage.connection?.close();
  writeFileSync(at('go'), '');
  await untilGone('the daemon is dead', () => stage.processes().filter(view => view.pid === pid));
  await fileAppears(at('committed'));
  await stage.connect();
  await stage.until(session.id, 'is ready', view => view.status === 'ready');
});

test('a daemon that the user has ended is followed by none that a host wakes, until a client comes', async () => {
  stage = await startStage();
  const { session } = await stage.idle('Alone');
  const wake = () => {
    const { daemon } = stage.runtime();
    return JSON.parse(
      execFileSync(process.execPath, [daemon, '--wake'], { env: stage.home.env, encoding: 'utf8', timeout: 10_000 }),
    );
  };
  expect(wake()).toEqual({ ready: false, why: 'held' });
  await stage.request('daemon/stop', { by: 'user' });
  stage.connection?.close();
  await untilGone('the daemon has ended', () => stage.processes().filter(({ what }) => what === 'daemon'));
  expect(wake()).toEqual({ ready: false, why: 'stopped' });
  await stage.connect();
  await stage.until(session.id, 'is there', view => view.status === 'idle');
  expect(wake()).toEqual({ ready: false, why: 'held' });
});
