import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hostBundle } from '../../source/system/paths.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('a report of which no sentence can be made ends no daemon and hides nobody from the list', async () => {
  stage = await startStage();
  const { session: other } = await stage.idle('Other');
  const agent = {
    kind: 'claude',
    command: ['/bin/sh', '-c', 'exec sleep 1000', 'sh'],
    permissionMode: undefined,
    model: undefined,
    extra: [],
  };
  const { session } = await stage.create({ title: 'Odd', agent });
  await stage.until(session.id, 'runs', view => view.panes.some(({ running }) => running));
  const pid = await stage.daemonPid();
  const report = join(hostBundle(stage.paths, session.id, 'agent-1'), 'hooks/report');
  spawnSync(report, ['PermissionRequest'], { input: '{"tool_name":{"toString":1},"tool_input":[{"toString":1}]}' });
  const asks = await stage.until(session.id, 'asks', ({ status }) => status === 'needsYou');
  expect(asks.line).toBe('approve a tool');
  const { sessions } = await stage.request('fleet/list', { all: true });
  expect(sessions.map(view => view.session.id).toSorted()).toEqual([other.id, session.id].toSorted());
  expect(await stage.daemonPid()).toBe(pid);
});
