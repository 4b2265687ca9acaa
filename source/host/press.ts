import type { DeliveryResult } from '../protocol/host.ts';
import type { KeyPress } from '../protocol/key-press.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { StatusRecord } from '../terminal/status-report.ts';
import { describeRule } from './describe-rule.ts';
import type { Happening } from './happenings.ts';

/** What a press sees of the host. */
export interface PressWorld {
  readonly now: () => number;
  readonly test: (rule: ScreenRule) => boolean;
  /** What the program says of itself (OSC 7501). */
  readonly state: () => StatusRecord['state'] | undefined;
  readonly hasExited: () => boolean;
  /** Number of the program's newest report of itself (OSC 7501): it may ask the same again at once. Its sub-agents report meanwhile. */
  readonly reported: () => number;
  readonly write: (bytes: Uint8Array) => void;
  readonly next: (deadline: number) => Promise<Happening | 'deadline'>;
}

/**
 * Presses keys for what stands on the screen and for nothing else, and waits until it is gone, or the program reports something else:
 * `notReady` leaves the program untouched, `notSeen` means that it was pressed and still stands there.
 */
export async function press(keys: KeyPress, world: PressWorld): Promise<DeliveryResult> {
  const { shows, says, timeoutMs, base64 } = keys;
  if (world.hasExited()) return { outcome: 'exited', at: world.now() };
  if (says !== undefined && world.state() !== says)
    return { outcome: 'notReady', at: world.now(), detail: `its word that it is ${says}` };
  if (!world.test(shows)) return { outcome: 'notReady', at: world.now(), detail: describeRule(shows) };
  const reported = world.reported();
  const bytes = Buffer.from(base64, 'base64');
  world.write(bytes);
  const deadline = world.now() + timeoutMs;
  let { again } = keys;
  while (world.test(shows) && world.reported() === reported) {
    // Only while it asks for it: at rest the same key would do something else.
    if (again && world.test(again)) {
      again = undefined;
      world.write(bytes);
    }
    const happened = await world.next(deadline);
    if (happened === 'exited') break;
    if (happened === 'deadline') return { outcome: 'notSeen', at: world.now(), detail: describeRule(shows) };
  }
  return { outcome: 'submitted', at: world.now() };
}
