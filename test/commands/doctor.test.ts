import { expect, test } from 'vitest';
import type { DaemonRequests } from '../../source/protocol/daemon.ts';
import { runFake } from './fake-context.ts';

test('doctor has the agents asked for version and login, and prints what is amiss with what to do', async () => {
  const offers: DaemonRequests['agent/list']['result'] = [
    {
      kind: 'claude',
      name: 'claude',
      installed: true,
      version: '2.1.330',
      install: undefined,
      isDemo: false,
      cannot: {},
      permissionModes: [],
      isAsked: true,
      login: 'out',
    },
  ];
  const status = { pid: 1, build: '1', protocol: 1, startedAt: 0, clients: 1, hosts: 0, sessions: 0, data: '/data' };
  const { out, asked } = await runFake(['doctor'], {
    answers: { 'daemon/status': status, 'agent/list': ({ examine }) => (examine ? offers : []) },
  });
  expect(out).toContain('✓ claude 2.1.330\n! claude is not logged in\n  Run claude once and log in.\n');
  expect(asked.filter(([method]) => method === 'agent/list')).toHaveLength(1);
});
