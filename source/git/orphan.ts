import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isSameBoot, type ProcessTable, processTable } from '../system/process-identity.ts';
import type { Git } from './git.ts';
import { type GitCall, type GitResult, runGit } from './run-git.ts';
import { readText } from './worktree-entry.ts';

/**
 * A git that takes long (a checkout, a commit with its hooks) outlives us when we are killed. Its process is noted in the
 * worktree's record, so that the next of us ends it before it does the work again: two of them would write one index.
 */
export async function runNoted(
  git: Git,
  { admin, call, as = 'tutti-git' }: { readonly admin: string; readonly call: GitCall; readonly as?: Note },
): Promise<GitResult> {
  const table = processTable(process.platform);
  const note = join(admin, as);
  try {
    return await runGit(git, {
      ...call,
      // At once, not by a promise: we may be killed at the next instant.
      onStart: pid => writeFileSync(note, `${pid} ${table.startOf(pid) ?? ''}\n`),
    });
  } finally {
    rmSync(note, { force: true });
  }
}

/** Ends what `runNoted` of a killed process left running, hooks too, and waits until it is gone. */
export async function endOrphan(admin: string, as: readonly Note[] = NOTES): Promise<void> {
  await Promise.all(as.map(name => endNoted(join(admin, name))));
}

/** What writes the index, and a push: that may go on beside it. */
export type Note = 'tutti-git' | 'tutti-push';

const NOTES: readonly Note[] = ['tutti-git', 'tutti-push'];

async function endNoted(file: string): Promise<void> {
  const note = await readText(file);
  if (note === undefined) return;
  const table = processTable(process.platform);
  const [id, start = ''] = note.split(/ (.*)/s);
  const group = Number(id);
  if (Number.isSafeInteger(group) && group > 1 && isOurs(table, { group, start })) {
    // TERM first: git takes its lock files away then.
    signal(group, 'SIGTERM');
    for (let step = 0; step < 2 * TERM_STEPS && isAlive(table, group); step += 1) {
      if (step === TERM_STEPS) signal(group, 'SIGKILL');
      await delay(STEP_MS);
    }
  }
  rmSync(file, { force: true });
}

/** Node cannot wait for a process that is not its child; this one is asked for while it is being ended, and no longer. */
const STEP_MS = 20;
/** 2 s: a hook may clean up after itself, but longer than this nobody waits at a start. */
const TERM_STEPS = 100;

/** After a reboot, or a long time, the number may be another process's. It is not while any of the group is left. */
function isOurs(table: ProcessTable, { group, start }: { readonly group: number; readonly start: string }): boolean {
  if (!isSameBoot(table, process.pid, start)) return false;
  const now = table.startOf(group);
  return now === undefined || now === start;
}

/** Zombies don't count: in a container nobody may ever bury them. On macOS somebody always does. */
function isAlive(table: ProcessTable, group: number): boolean {
  if (process.platform === 'darwin') return signal(group, 0);
  return table.sessionOf(group, '').some(pid => table.startOf(pid) !== undefined);
}

/** Says whether there was anybody to get it. */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}
