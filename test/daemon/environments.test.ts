import { expect, test, vi } from 'vitest';
import { Environments } from '../../source/daemon/environments.ts';

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
