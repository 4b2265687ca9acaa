import { createHash } from 'node:crypto';
import type { KeyRound } from './key-round.ts';
import type { KeyWalkName } from './key-walks.ts';
import type { Moment } from './kill-clock.ts';

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

/** Rounds by the clock: at any time that a walk takes, so that most are killed where no point is. */
export function chooseClockRounds(options: {
  readonly seed: string;
  readonly count: number;
  readonly walks: ReadonlyMap<KeyWalkName, { readonly gaps: readonly number[] }>;
}): readonly KeyRound[] {
  const walks = [...options.walks];
  return Array.from({ length: options.count }, (_, index) => {
    const dice = order(`${options.seed}/clock/${index}`, { walk: '', killAt: '' });
    const number = (from: number) => Number.parseInt(dice.slice(from, from + 6), 16);
    const found = walks[index % walks.length];
    if (!found) throw new Error('there are no walks');
    const [walk, { gaps }] = found;
    return {
      walk,
      moment: momentAt(gaps, number(0) / 0x1000000),
      who: (['tui', 'daemon', 'both'] as const)[number(6) % 3] ?? 'both',
      builds: (['a', 'older'] as const)[number(12) % 2] ?? 'a',
    };
  });
}

/** At this share of what the walk took when nobody disturbed it, counted from the point before. */
function momentAt(gaps: readonly number[], share: number): Moment {
  let ms = gaps.reduce((sum, gap) => sum + gap, 0) * share;
  let passages = 0;
  for (const gap of gaps) {
    if (ms < gap) break;
    ms -= gap;
    passages += 1;
  }
  return { passages, ms: Math.floor(ms) };
}

function order(seed: string, { walk, killAt }: { readonly walk: string; readonly killAt: string }): string {
  return createHash('sha256').update(`${seed} ${walk} ${killAt}`).digest('hex');
}
