import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { processTable } from './process-identity.ts';

// Not in `build.ts`, as other defines: the bundler folds it right here, and across files it does not. Only test builds have kill points.
declare const __TUTTI_TEST__: boolean | undefined;

const passed = new Map<string, number>();

/**
 * A named point of no return. `TUTTI_KILL_AT=<point>:<n>` makes a test build end itself by SIGKILL at its n-th passage, as a
 * crash would, before the next line runs. With `TUTTI_KILL_PIDS=<file>` it ends the processes named there instead, once: the
 * screen, the daemon, or both in the same moment; `self` is whoever comes to that point, the path of a host's record that host.
 * `TUTTI_POINTS=<file>` has each passage written down, so that a test finds out which there are. Other builds have not a byte of
 * this.
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
  const victims = victimsOf(process.env.TUTTI_KILL_PIDS);
  for (const pid of victims) kill(pid);
  // What comes after this point finds them dead, not dying.
  const table = processTable(process.platform);
  while (victims.some(pid => pid !== process.pid && table.startOf(pid) !== undefined)) pause(1);
  // A signal to oneself may be delivered a moment later: nothing more may happen until then.
  if (victims.includes(process.pid)) pause(Number.POSITIVE_INFINITY);
}

/** Oneself comes last. A file that is gone was used by another one, in whose environment it stands as well. */
function victimsOf(file: string | undefined): readonly number[] {
  if (file === undefined) return [process.pid];
  if (!existsSync(file)) return [];
  const named = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const pids = named.map(pidOf);
  rmSync(file);
  return pids.sort((a, b) => Number(a === process.pid) - Number(b === process.pid));
}

function pidOf(name: string): number {
  if (name === 'self') return process.pid;
  return name.startsWith('/') ? JSON.parse(readFileSync(name, 'utf8')).hostPid : Number(name);
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
