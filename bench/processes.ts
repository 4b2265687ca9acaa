import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of a second in /proc/<pid>/stat; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Processor time of a process and what it has waited for, in seconds; 0 when it is gone. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // In user mode and in the kernel; then the same of its ended children.
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS;
  } catch {
    return 0;
  }
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

/** Processes whose environment names this home, by what they run. */
function processesIn(root: string): readonly { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').includes(root)) return [];
        return [
          { pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() },
        ];
      } catch {
        return [];
      }
    });
}

/** tutti's own: hosts, daemon, TUI, guard; not the agents. */
export function ownProcesses(root: string): readonly { readonly pid: number; readonly command: string }[] {
  return processesIn(root).filter(({ command }) => /(host\.cjs|daemon\.mjs|tutti\.js)/.test(command));
}

/** Rest is this part of a core at most, for two seconds. */
const REST = 0.01;
const REST_MS = 2000;

/** Until tutti has settled after what was just done to it, 20 s at most: what is measured then is not what came before. */
export async function atRest(root: string): Promise<void> {
  const own = ownProcesses(root).map(({ pid }) => pid);
  const end = performance.now() + 20_000;
  for (let used = Number.POSITIVE_INFINITY; used > (REST * REST_MS) / 1000 && performance.now() < end; ) {
    const before = cpuSecondsOf(own);
    await new Promise(resolve => setTimeout(resolve, REST_MS));
    used = cpuSecondsOf(own) - before;
  }
}
