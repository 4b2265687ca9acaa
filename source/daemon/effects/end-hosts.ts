import type { Effect } from '../../session/effect.ts';
import type { Brain } from '../brain.ts';
import { endHostsOf } from '../end-hosts.ts';
import type { Outcome } from './outcome.ts';

export async function runEndHosts(brain: Brain, effect: Effect & { type: 'endHosts' }): Promise<Outcome> {
  await endHostsOf(brain, effect.session);
  return { facts: [{ type: 'hostsEnded' }] };
}
