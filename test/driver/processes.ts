import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessView {
  readonly pid: number;
  readonly what: 'shell' | 'client' | 'daemon' | 'host' | 'agent' | 'guard' | 'other';
  readonly command: string;
}

/**
 * Every living process that belongs to a home: one whose environment, arguments or working directory name it. Found by the
 * system's own list, so that one that nobody remembers is found too.
 */
export function processesOf(root: string): readonly ProcessView[] {
  const own = process.pid;
  const found = process.platform === 'linux' ? fromProc(root) : fromPs(root);
  return found.filter(view => view.pid !== own);
}

/** Environment of a process as `name=value`, with more around it where the system tells it so. */
export function environmentOf(pid: number): string {
  if (process.platform === 'linux') return read(`/proc/${pid}/environ`);
  return execFileSync('ps', ['-Eww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' });
}

/** What a process waits for in the system just now, and the processor time that it has had; empty where the system does not tell. */
export function doingOf(pid: number): string {
  const fields = statOf(pid);
  const [state, user, system] = [fields[0], fields[11], fields[12]];
  return state === undefined || user === undefined
    ? ''
    : `[${state} ${read(`/proc/${pid}/wchan`)} ${Number(user) + Number(system)} ticks]`;
}

/** Whether it is there, and not only waited for; where the system tells no such thing at once, false: it is to be looked for. */
export function isThere(pid: number): boolean {
  return process.platform === 'linux' && commandOf(`${pid}`) !== '';
}

/** Whether a signal has stopped it, and nothing has let it go on. */
export function isStopped(pid: number): boolean {
  if (process.platform === 'linux') return statOf(pid)[0] === 'T';
  return execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('T');
}

function fromProc(root: string): ProcessView[] {
  const views: ProcessView[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = commandOf(name);
    // No arguments: a kernel thread, or dead and not yet waited for.
    if (command === '') continue;
    const where = link(`/proc/${name}/cwd`);
    if (!command.includes(root) && !where.startsWith(root) && !read(`/proc/${name}/environ`).includes(root)) continue;
    const what = nameOf(command);
    // Forked, but not yet the git or the host that it is about to be.
    if (what !== 'other' && commandOf(parentOf(name)) === command) continue;
    views.push({ pid: Number(name), what, command });
  }
  return views;
}

function commandOf(pid: string): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function parentOf(pid: string): string {
  return statOf(pid)[1] ?? '';
}

/** The words after the name of the program, which may have any characters in it: its state, its parent… */
function statOf(pid: number | string): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function fromPs(root: string): ProcessView[] {
  const views: ProcessView[] = [];
  const listed = execFileSync('ps', ['-axEww', '-o', 'pid=,stat=,command='], { encoding: 'utf8', maxBuffer: 1 << 26 });
  for (const line of listed.split('\n')) {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || !command || state?.startsWith('Z') || !command.includes(root)) continue;
    views.push({ pid: Number(pid), what: nameOf(command), command });
  }
  return views;
}

function nameOf(command: string): ProcessView['what'] {
  if (command.includes('trap : INT QUIT')) return 'shell';
  if (/daemon\.mjs|tutti daemon/.test(command)) return 'daemon';
  if (/host\.cjs|tutti host/.test(command)) return 'host';
  if (/demo-agent\.mjs/.test(command)) return 'agent';
  if (/tutti\.js|cli\.js/.test(command)) return 'client';
  if (/tutti-guard/.test(command)) return 'guard';
  return 'other';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
