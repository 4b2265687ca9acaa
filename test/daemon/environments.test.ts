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
  environments.give('s1', { env: { WHO: 'its client' }, columns: 80, rows: 24 });
  expect(await environments.ofAgent('s1', 'agent-1', none)).toEqual({ WHO: 'its client', TUTTI_PASS: 's1/agent-1' });
  expect(await environments.ofStarter('s1', 'agent-1', none)).toEqual({ WHO: 'its client' });
});
