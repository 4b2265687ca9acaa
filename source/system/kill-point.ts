import { appendFileSync } from 'node:fs';

// Not TEST_BUILD of `build.ts`: the bundler folds the define right here, and across files it does not.
declare const __TUTTI_TEST__: boolean | undefined;

const passed = new Map<string, number>();

/**
 * A named point of no return. `TUTTI_KILL_AT=<point>:<n>` makes a test build end itself by SIGKILL at its n-th passage, as a
 * crash would, before the next line runs. `TUTTI_POINTS=<file>` has each passage written down instead, so that a test finds out
 * which there are. Other builds have not a byte of this.
 */
export function killPoint(point: string): void {
  if (typeof __TUTTI_TEST__ === 'boolean' && __TUTTI_TEST__) passKillPoint(point);
}

function passKillPoint(point: string): void {
  const count = (passed.get(point) ?? 0) + 1;
  passed.set(point, count);
  const { TUTTI_POINTS: points } = process.env;
  if (points) appendFileSync(points, `${point}:${count}\n`);
  if (process.env.TUTTI_KILL_AT !== `${point}:${count}`) return;
  process.kill(process.pid, 'SIGKILL');
  // A signal to oneself may be delivered a moment later: nothing more may happen until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
