import { setTimeout as wait } from 'node:timers/promises';
import { isStopped, isThere, type ProcessView, processesOf } from './processes.ts';

/** Waits until nothing of a list is left. Processes that are not our children tell nobody when they end: look again every 15 ms. */
export async function untilGone(
  what: string,
  remaining: () => readonly ProcessView[],
  { within = 10_000 }: { readonly within?: number } = {},
): Promise<void> {
  const left = await drain(remaining, within);
  if (left.length > 0)
    throw new Error(`waited ${within} ms in vain until ${what}: ${left.map(view => view.command).join(', ')}`);
}

/** Waits until a process is stopped, of which nobody is told but its parent. A signal that comes before that wakes nobody. */
export function untilStopped(pid: number): Promise<void> {
  const running: ProcessView = { pid, what: 'other', command: `${pid} runs` };
  return untilGone(`process ${pid} is stopped`, () => (isStopped(pid) ? [] : [running]));
}

/** Gives the processes of a home the time to end by themselves, then ends them; returns those that had to be. */
export async function endProcesses(root: string, within: number): Promise<readonly ProcessView[]> {
  const waited = await drain(lookAgain(root), within);
  // Those that came while others were waited for are left as well.
  const left = waited.length > 0 ? processesOf(root) : [];
  for (const view of left) {
    try {
      process.kill(view.pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
  await drain(lookAgain(root), within);
  return left;
}

/** The processes of a home; all there are are looked through again only when none of those that were seen is left. */
function lookAgain(root: string): () => readonly ProcessView[] {
  let seen: readonly ProcessView[] = [];
  return () => {
    seen = seen.filter(({ pid }) => isThere(pid));
    if (seen.length === 0) seen = processesOf(root);
    return seen;
  };
}

/** Nothing is left only when two looks say so: a process that starts another and ends may be missed by one. */
async function drain(remaining: () => readonly ProcessView[], within: number): Promise<readonly ProcessView[]> {
  const deadline = performance.now() + within;
  let left = remaining();
  for (let empty = left.length === 0 ? 1 : 0; empty < 2 && performance.now() < deadline; ) {
    await wait(15);
    left = remaining();
    empty = left.length === 0 ? empty + 1 : 0;
  }
  return left;
}
