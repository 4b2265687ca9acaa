import type { Happenings } from './happenings.ts';

/** Something may move on a screen all the time: it is read as it is then. */
const LONGEST_MS = 1500;

/** Resolves when a program has drawn nothing for so long, milliseconds: what it draws in several steps stands there then. */
export async function calm(
  calmMs: number,
  { happenings, now }: { readonly happenings: Pick<Happenings, 'next'>; readonly now: () => number },
): Promise<void> {
  const end = now() + LONGEST_MS;
  for (;;) {
    const until = Math.min(now() + calmMs, end);
    const happened = await happenings.next(until);
    if (happened === 'exited' || (happened === 'deadline' && now() >= until)) return;
  }
}
