import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process, named so that a later process with the same pid is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As `startOf` told it: `<boot>/<start time>`. */
  readonly start: string;
}

/** What the system is asked; the only place that differs between Linux and macOS. */
export interface ProcessTable {
  /** Undefined when there is no such process, or only its zombie: then nothing that it had open is open any more. */
  readonly startOf: (pid: number) => string | undefined;
  /** Living processes in the session (setsid) that this one leads, itself included; `tty` is its terminal. */
  readonly sessionOf: (leader: number, tty: string) => readonly number[];
  /** What it was called with; empty where that can't be told. macOS tells it in one piece, so it is cut at its blanks. */
  readonly argumentsOf: (pid: number) => readonly string[];
  /** Paths of what it has open; empty where that can't be told, as on macOS. */
  readonly openFiles: (pid: number) => readonly string[];
}

/** `run` is needed on macOS only, where `ps` is the one that knows. */
export function processTable(
  platform: NodeJS.Platform,
  run: (command: string, args: readonly string[]) => string = runSystem,
): ProcessTable {
  return platform === 'darwin' ? macTable(run) : linuxTable();
}

export function isRunning(table: ProcessTable, process: ProcessIdentity): boolean {
  return process.pid > 0 && table.startOf(process.pid) === process.start;
}

/** False when the machine was started anew since: what ran then is gone by a reboot, not by a crash. */
export function isSameBoot(table: ProcessTable, self: number, start: string): boolean {
  return table.startOf(self)?.split('/')[0] === start.split('/')[0];
}

function linuxTable(): ProcessTable {
  const stat = (pid: number | string) => parseLinuxStat(read(`/proc/${pid}/stat`));
  return {
    startOf: pid => {
      const found = stat(pid);
      return found && !found.dead ? `${read('/proc/sys/kernel/random/boot_id').trim()}/${found.start}` : undefined;
    },
    sessionOf: leader =>
      linuxPids().filter(pid => {
        const found = stat(pid);
        return found?.session === leader && !found.dead;
      }),
    argumentsOf: pid => read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1),
    openFiles: pid => linksIn(`/proc/${pid}/fd`),
  };
}

/** The numbers of `/proc/<pid>/stat` that count. The name in it may hold blanks and brackets, so it is cut off from the right. */
export function parseLinuxStat(
  text: string,
): { readonly session: number; readonly start: string; readonly dead: boolean } | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, session, threads, start] = [fields[0], fields[3], fields[17], fields[19]];
  if (state === undefined || session === undefined || start === undefined) return undefined;
  // The first thread of a killed process is a zombie before the others have ended and let go of its sockets.
  const dead = state === 'X' || (state === 'Z' && Number(threads) <= 1);
  return { session: Number(session), start, dead };
}

function linuxPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0);
}

function macTable(run: (command: string, args: readonly string[]) => string): ProcessTable {
  let boot: string | undefined;
  return {
    startOf: pid => {
      const start = parseMacStart(run('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)]));
      if (start === undefined) return undefined;
      boot ??= run('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']).trim();
      return `${boot}/${start}`;
    },
    // `sess` of macOS's ps is an address; the terminal names the session as well.
    sessionOf: (_leader, tty) => parsePids(run('/bin/ps', ['-o', 'pid=', '-t', tty.replace(/^\/dev\//, '')])),
    argumentsOf: pid =>
      run('/bin/ps', ['-o', 'args=', '-p', String(pid)])
        .trim()
        .split(/\s+/)
        .filter(Boolean),
    openFiles: () => [],
  };
}

/** `Ss   Wed Nov 25 19:05:01 2026` → its date, with single blanks; undefined for a zombie or no such process. */
export function parseMacStart(text: string): string | undefined {
  const [state, ...date] = text.trim().split(/\s+/);
  if (!state || state.startsWith('Z') || date.length !== 5) return undefined;
  return date.join(' ');
}

export function parsePids(text: string): number[] {
  return text
    .split(/\s+/)
    .map(Number)
    .filter(pid => Number.isInteger(pid) && pid > 0);
}

/** Where the links in a folder lead to; a process of somebody else, or one that has gone, tells nothing. */
function linksIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap(name => {
      try {
        return [readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Runs a program of the system with English output; where it fails there is no output. Loaded when called, because a host on
 * Linux never needs it.
 */
function runSystem(command: string, args: readonly string[]): string {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return spawnSync(command, args, { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } }).stdout ?? '';
}
