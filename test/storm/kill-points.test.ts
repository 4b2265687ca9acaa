import { expect, test } from 'vitest';
import { chooseRounds } from '../daemon/choose-rounds.ts';
import { type KillRound, type Outcome, playRound, pointsOf } from '../daemon/kill-round.ts';
import { WALK_NAMES, type WalkName } from '../daemon/kill-walks.ts';

const ROUNDS = 200;
const BY_THE_CLOCK = 20;
const SEED = process.env.TUTTI_STORM_SEED ?? 'storm';

/** What each walk comes to when nobody disturbs it, and the kill points that it passes. */
const undisturbed = new Map<WalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(WALK_NAMES)('%s, undisturbed', async name => {
  undisturbed.set(name, await pointsOf(name));
});

test(`${ROUNDS} rounds, killed at a point: the world ends up the same`, async () => {
  const points = new Map([...undisturbed].map(([name, found]) => [name, found.points]));
  for (const round of chooseRounds({ seed: SEED, count: ROUNDS, points })) {
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await playRound(round)) }).toEqual({ round, outcome: expected, died: true });
  }
});

test(`${BY_THE_CLOCK} rounds, killed by the clock: the world ends up the same`, async () => {
  for (let number = 0; number < BY_THE_CLOCK; number++) {
    const walk = WALK_NAMES[number % WALK_NAMES.length] ?? 'spawn';
    const round: KillRound = {
      walk,
      killAt: undefined,
      // Every walk is over within a second.
      killAfterMs: (number * 373) % 900,
      who: number % 3 === 0 ? 'both' : 'daemon',
      upgrade: number % 4 === 0,
    };
    const { outcome } = await playRound(round);
    expect({ round, outcome }).toEqual({ round, outcome: undisturbed.get(walk)?.outcome });
  }
});
