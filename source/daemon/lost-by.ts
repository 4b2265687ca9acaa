import type { HostRecord } from '../protocol/host.ts';
import { isSameBoot } from '../system/process-identity.ts';
import type { Brain } from './brain.ts';

/** Why a host that has left no exit is gone. */
export function lostBy(brain: Pick<Brain, 'processes' | 'system'>, record: HostRecord): 'crash' | 'reboot' {
  return isSameBoot(brain.processes, brain.system.pid, record.hostStart) ? 'crash' : 'reboot';
}
