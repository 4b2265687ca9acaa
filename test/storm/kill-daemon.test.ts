import { expect, test } from 'vitest';
import { chooseRounds } from '../daemon/choose-rounds.ts';
import { type Outcome, playRound, pointsOf } from '../daemon/kill-round.ts';
import { WALK_NAMES, type WalkName } from '../daemon/kill-walks.ts';
import { sayRound } from '../daemon/say-round.ts';
import { SEED } from './seed.ts';

/** Those of `kill-screen.test.ts` and `kill-host.test.ts` make it two hundred. */
const ROUNDS = 80;

/** What each walk comes to when nobody disturbs it, and the kill points that it passes. */
const undisturbed = new Map<WalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(WALK_NAMES)('%s, undisturbed', async name => {
  undisturbed.set(name, await pointsOf(name));
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  `seed ${SEED}, round %i: daemon, or client and daemon killed at a point, the world ends up the same`,
  async number => {
    const points = new Map([...undisturbed].map(([name, found]) => [name, found.points]));
    const round = chooseRounds({ seed: SEED, count: ROUNDS, points })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await sayRound(round, playRound(round))) }).toEqual({ round, outcome: expected, died: true });
  },
);
