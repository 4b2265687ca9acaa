import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Git } from './git.ts';
import { type GitCall, type GitResult, runGit } from './run-git.ts';
import { readText } from './worktree-entry.ts';

/**
 * A git that takes long (a checkout, a commit with its hooks) outlives us when we are killed. Its process is noted in the
 * worktree's record, so that the next of us ends it before it does the work again: two of them would write one index.
 */
export async function runNoted(
  git: Git,
  { admin, call }: { readonly admin: string; readonly call: GitCall },
): Promise<GitResult> {
  const note = noteOf(admin);
  try {
    return await runGit(git, {
      ...call,
      // At once, not by a promise: we may be killed at the next instant.
      onStart: pid => writeFileSync(note, `${pid} ${call.args.at(0) === '-c' ? call.args.at(2) : call.args.at(0)}\n`),
    });
  } finally {
    rmSync(note, { force: true });
  }
}

/** Ends what `runNoted` of a killed process left running, hooks too, and waits until it is gone. */
export async function endOrphan(admin: string): Promise<void> {
  const [id, verb] = (await readText(noteOf(admin)))?.split(' ') ?? [];
  const pid = Number(id);
  if (Number.isSafeInteger(pid) && pid > 1 && verb && (await isThatGit(pid, verb))) {
    // TERM first: git takes its lock files away then.
    signal(pid, 'SIGTERM');
    for (let waited = 0; isAlive(pid); waited += STEP_MS) {
      if (waited === TERM_MS) signal(pid, 'SIGKILL');
      if (waited >= 2 * TERM_MS) break;
      await delay(STEP_MS);
    }
  }
  rmSync(noteOf(admin), { force: true });
}

/** Node cannot wait for a process that is not its child; this one is asked for while it is being ended, and no longer. */
const STEP_MS = 20;
/** A hook may clean up after itself; longer than this nobody waits at a start. */
const TERM_MS = 2000;

function noteOf(admin: string): string {
  return join(admin, 'tutti-git');
}

/** A number may have been given to another process since: after a reboot, or a long time. */
function isThatGit(pid: number, verb: string): Promise<boolean> {
  return new Promise(resolve => {
    execFile('ps', ['-o', 'args=', '-p', String(pid)], (error, args) => {
      resolve(!error && /\bgit\b/.test(args) && args.includes(verb));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It ended by itself.
  }
}
