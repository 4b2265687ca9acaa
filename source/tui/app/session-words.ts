import type { Changes, SessionView } from '../../protocol/daemon.ts';
import type { Repository } from '../../session/session.ts';
import { age } from '../../text/age.ts';
import { isHeldByPerson, waitingPrompts } from '../store/select.ts';
import { type Line, span } from '../text/line.ts';
import type { Glyphs } from './glyphs.ts';

/** `+84 −12`, in the colours of what was added and removed. */
export function changesText(changes: Changes | undefined, { minus }: Glyphs): Line {
  if (!changes || (changes.added === 0 && changes.removed === 0)) return [];
  return [
    span(`+${changes.added}`, { role: 'added' }),
    span(' '),
    span(`${minus}${changes.removed}`, { role: 'removed' }),
  ];
}

/** The step of an unattended run, as its row shows it: `attempt 2/5`. */
export function stepText({ session: { run } }: SessionView): string | undefined {
  if (!run || run.stage.name === 'stopped' || run.stage.name === 'merged' || run.stage.name === 'pushed')
    return undefined;
  if (run.stage.name === 'ready') return undefined;
  return `attempt ${run.attempt}/${run.limits.attempts}`;
}

/** The limits of its run, the nearest first: `attempt 2 of 3`, `12m of 60m`. */
export function limitTexts({ session: { run } }: SessionView, now: number): readonly string[] {
  if (!run || ['stopped', 'merged', 'pushed', 'ready'].includes(run.stage.name)) return [];
  const held = run.heldMs + (run.held ? Math.max(0, now - run.held.at) : 0);
  const passed = Math.max(0, now - run.startedAt - held);
  const attempts = `attempt ${run.attempt} of ${run.limits.attempts}`;
  const minutes = `${age(passed)} of ${run.limits.minutes}m`;
  const nearer = run.attempt / run.limits.attempts >= passed / (run.limits.minutes * 60_000);
  return nearer ? [attempts, minutes] : [minutes, attempts];
}

/** A person's key halted its run: who has the baton now. */
export function holderText(view: SessionView): string | undefined {
  return isHeldByPerson(view) ? 'you have it' : undefined;
}

/** `1 prompt waits: and the docs too`: what its agent has not taken yet, with the words of the newest. */
export function waitingText(view: SessionView): string | undefined {
  const waiting = waitingPrompts(view);
  const newest = waiting.at(-1);
  if (!newest) return undefined;
  return `${plural(waiting.length, 'prompt waits', 'prompts wait')}: ${newest.text.replaceAll(/\s+/g, ' ')}`;
}

/** The name that a repository has among those of one owner. */
export function shortName({ name }: Repository): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
