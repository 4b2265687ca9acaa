import { createHash } from 'node:crypto';
import type { KeyRound } from './key-round.ts';
import type { KeyWalkName } from './key-walks.ts';

/** Rounds that a seed decides, spread evenly over all points of all walks, with who dies and which builds there are. */
export function chooseKeyRounds(options: {
  readonly seed: string;
  readonly count: number;
  readonly points: ReadonlyMap<KeyWalkName, readonly string[]>;
}): readonly KeyRound[] {
  const { seed, count, points } = options;
  const all = [...points].flatMap(([walk, names]) => names.map(killAt => ({ walk, killAt })));
  const shuffled = all.toSorted((a, b) => (order(seed, a) < order(seed, b) ? -1 : 1));
  return Array.from({ length: count }, (_, index) => {
    const point = shuffled[index % shuffled.length];
    if (!point) throw new Error('there are no kill points');
    const dice = order(`${seed}/${index}`, point);
    const who = (['tui', 'daemon', 'both'] as const)[Number.parseInt(dice.slice(0, 6), 16) % 3] ?? 'both';
    const builds = (['a', 'a', 'upgraded', 'older'] as const)[Number.parseInt(dice.slice(6, 12), 16) % 4] ?? 'a';
    // A point of the screen is passed by the screen alone, and where it lives on nothing is upgraded.
    const dying = point.killAt.startsWith('tui:') && who === 'daemon' ? 'both' : who;
    return { ...point, who: dying, builds: dying === 'daemon' && builds === 'upgraded' ? 'older' : builds };
  });
}

/** Rounds by the clock: whatever is under way then. */
export function chooseClockRounds(options: {
  readonly seed: string;
  readonly count: number;
  readonly walks: readonly KeyWalkName[];
}): readonly KeyRound[] {
  const { seed, count, walks } = options;
  return Array.from({ length: count }, (_, index) => {
    const dice = order(`${seed}/clock/${index}`, { walk: '', killAt: '' });
    const number = (from: number) => Number.parseInt(dice.slice(from, from + 6), 16);
    return {
      walk: walks[index % walks.length] ?? 'spawn',
      killAfterMs: number(0) % LONGEST_MS,
      who: (['tui', 'daemon', 'both'] as const)[number(6) % 3] ?? 'both',
      builds: (['a', 'older'] as const)[number(12) % 2] ?? 'a',
    };
  });
}

/** Most walks are over by then. */
const LONGEST_MS = 2_000;

function order(seed: string, { walk, killAt }: { readonly walk: string; readonly killAt: string }): string {
  return createHash('sha256').update(`${seed} ${walk} ${killAt}`).digest('hex');
}
