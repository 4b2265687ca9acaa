import { createHash } from 'node:crypto';
import type { KillRound } from './kill-round.ts';
import type { WalkName } from './kill-walks.ts';

/** Rounds that a seed decides, spread evenly over all points of all walks, so that many rounds leave none out. */
export function chooseRounds(options: {
  readonly seed: string;
  readonly count: number;
  readonly points: ReadonlyMap<WalkName, readonly string[]>;
}): readonly KillRound[] {
  const { seed, count } = options;
  const all = [...options.points].flatMap(([walk, points]) => points.map(killAt => ({ walk, killAt })));
  const shuffled = all.toSorted((a, b) => (order(seed, a) < order(seed, b) ? -1 : 1));
  return Array.from({ length: count }, (_, index) => {
    const point = shuffled[index % shuffled.length];
    if (!point) throw new Error('there are no kill points');
    const dice = order(`${seed}/${index}`, point);
    return {
      ...point,
      who: Number.parseInt(dice.slice(0, 2), 16) < 96 ? 'both' : 'daemon',
      upgrade: Number.parseInt(dice.slice(2, 4), 16) < 80,
    };
  });
}

function order(seed: string, { walk, killAt }: { readonly walk: string; readonly killAt: string | undefined }): string {
  return createHash('sha256').update(`${seed} ${walk} ${killAt}`).digest('hex');
}
