/** How long ago, in one unit: `9s 14m 3h 4d`. */
export function age(ms: number): string {
  for (const [unit, length] of UNITS) if (ms >= length) return `${Math.floor(ms / length)}${unit}`;
  return '0s';
}

/** How long until then: `in 4h`, or `now`. */
export function until(at: number, now: number): string {
  return at > now ? `in ${age(at - now)}` : 'now';
}

/** When the shown age of something that began at `since` changes next: the one moment worth waking up for. */
export function nextAgeChange(since: number, now: number): number {
  const passed = Math.max(0, now - since);
  const length = UNITS.find(([, unit]) => passed >= unit)?.[1] ?? SECOND;
  const next = (Math.floor(passed / length) + 1) * length;
  return since + next;
}

const SECOND = 1_000;
const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', SECOND],
];
