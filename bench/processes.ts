import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks of a second in /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Processor time of a process and what it has waited for, in seconds; 0 when it is gone. */
function cpuSeconds(pid: number): number {
  try {
    // In user mode and in the kernel; then the same of its ended children.
    return (
      statOf(pid)
        .slice(11, 15)
        .reduce((sum, field) => sum + Number(field), 0) / TICKS
    );
  } catch {
    return 0;
  }
}

/** The words after the name of the program, which may have any characters in it: its state, its parent… */
function statOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The same of several together. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

/** Proportional share of memory in bytes: what is shared is divided among those who share it. */
export function proportionalBytes(pid: number): number {
  try {
    const line = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+) kB/m);
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly cwd: string;
  readonly environment: string;
}

/** Every process that may be looked at and has not ended. */
export function allProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0)
    .flatMap(pid => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        // A thread of the kernel, or dead and not yet waited for.
        if (command === '') return [];
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
        return [{ pid, parent: Number(statOf(pid)[1]), command, cwd: readlinkSync(`/proc/${pid}/cwd`), environment }];
      } catch {
        return [];
      }
    });
}

/**
 * tutti's own of this home: hosts, daemon, TUI with its guard (a shell with no environment), and the shells of hooks that run at this
 * moment; not the agents. What these wait for is in their own time; of a hook that has ended, its agent has the time.
 */
export function ownProcesses(root: string): readonly Pick<Process, 'pid' | 'command'>[] {
  const all = allProcesses();
  const own = all.filter(
    ({ environment, command }) =>
      environment.includes(root) && /host\.cjs|daemon\.mjs|tutti\.js|^\/bin\/sh \S+\/hooks\/report /.test(command),
  );
  const pids = new Set(own.map(({ pid }) => pid));
  const guards = all.filter(({ parent, command }) => pids.has(parent) && command.includes(' tutti-guard '));
  return [...own, ...guards];
}

/** Rest is this part of a core at most, for two seconds. */
const REST = 0.01;
const REST_MS = 2000;

/**
 * Until tutti has settled after what was just done to it: what is measured then is not what came before.
 * @throws when it has not after so many milliseconds.
 */
export async function atRest(root: string, within = 60_000): Promise<void> {
  const own = ownProcesses(root).map(({ pid }) => pid);
  const end = performance.now() + within;
  for (;;) {
    const before = cpuSecondsOf(own);
    await new Promise(resolve => setTimeout(resolve, REST_MS));
    const share = ((cpuSecondsOf(own) - before) * 1000) / REST_MS;
    if (share <= REST) return;
    if (performance.now() >= end)
      throw new Error(
        `tutti was not at rest within ${within / 1000} s: it took ${(share * 100).toFixed(1)} % of a core in the last ${REST_MS / 1000} s`,
      );
  }
}
