import type { ProcessTable } from '../system/process-identity.ts';

export interface EndOptions {
  readonly pid: number;
  readonly tty: string;
  readonly graceMs: number;
  readonly table: ProcessTable;
  /** Resolves when the program itself is gone; at the latest after so many milliseconds. True when it is. */
  readonly gone: (withinMs: number) => Promise<boolean>;
}

/** After a KILL only a program that hangs in the kernel is still there. */
const AFTER_KILL_MS = 2000;

/**
 * Ends a program and what it has started in its terminal: HUP, as if the terminal had been closed, then TERM, then KILL, each
 * after its grace. A shell puts its jobs into groups of their own, so the whole session is meant and not the group alone.
 */
export async function endProgram(options: EndOptions): Promise<void> {
  const { graceMs, gone } = options;
  // What is stopped hears nothing until it goes on.
  signalAll(options, 'SIGHUP');
  signalAll(options, 'SIGCONT');
  if (!(await gone(graceMs))) {
    signalAll(options, 'SIGTERM');
    if (!(await gone(graceMs))) {
      signalAll(options, 'SIGKILL');
      await gone(AFTER_KILL_MS);
    }
  }
  // The program is gone; what it left in its session would outlive it.
  signalAll(options, 'SIGKILL');
}

/** To the program's own process group, where most of what it started is too. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

function signalAll({ pid, tty, table }: EndOptions, signal: NodeJS.Signals): void {
  signalGroup(pid, signal);
  for (const member of table.sessionOf(pid, tty)) {
    try {
      process.kill(member, signal);
    } catch {
      // It went by itself.
    }
  }
}
