import { expect, test, vi } from 'vitest';
import { Environments } from '../../source/daemon/environments.ts';
import type { Hosts } from '../../source/daemon/hosts.ts';

test('a start has the environment of the client that asked for it, else that of one that comes, never another', () => {
  const wanted = vi.fn();
  const environments = new Environments({ onWanted: wanted, mark: () => ({}) });
  environments.give('s1', { env: { WHO: 'its client' }, columns: 80, rows: 24 });
  expect(environments.seatOf('s1')).toEqual({ env: { WHO: 'its client' }, columns: 80, rows: 24 });
  expect(wanted).not.toHaveBeenCalled();

  // Its client is not known any more: whoever is connected is asked, and nothing is made up.
  expect(environments.seatOf('s2')).toBeUndefined();
  expect(environments.isWanted).toBe(true);
  expect(wanted).toHaveBeenCalledOnce();
  environments.offer({ WHO: 'the next client' });
  expect(environments.isWanted).toBe(false);
  expect(environments.seatOf('s2')).toEqual({ env: { WHO: 'the next client' }, columns: undefined, rows: undefined });
  expect(environments.seatOf('s1')?.env).toEqual({ WHO: 'its client' });

  environments.forget('s1');
  expect(environments.seatOf('s1')?.env).toEqual({ WHO: 'the next client' });
});

test('what runs in the name of a session has its mark, also where its host is gone; what is started by it has its person’s environment', async () => {
  const mark = (session: string, host: string) => ({ TUTTI_PASS: `${session}/${host}` });
  const environments = new Environments({ onWanted: () => {}, mark });
  const none = { find: () => undefined } as unknown as Hosts;
  expect(await environments.ofAgent('s1', 'agent-1', none)).toBeUndefined();
  const env = { WHO: 'its client' };
  environments.give('s1', { env, columns: 80, rows: 24 });
  const terminal = { TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'tutti' };
  const agents = { ...env, ...terminal, TUTTI_PASS: 's1/agent-1' };
  expect(await environments.ofAgent('s1', 'agent-1', none)).toEqual(agents);
  expect(await environments.ofStarter('s1', 'agent-1', none)).toEqual(env);
  // As at a start: with this one a check would work in the repository of the hook that its session was started from.
  environments.give('s1', { env: { ...env, GIT_DIR: '/r/.git' }, columns: 80, rows: 24 });
  expect(await environments.ofAgent('s1', 'agent-1', none)).toEqual(agents);
});
