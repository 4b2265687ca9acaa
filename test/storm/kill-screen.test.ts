import { expect, test } from 'vitest';
import type { Outcome } from '../daemon/kill-round.ts';
import { sayRound } from '../daemon/say-round.ts';
import { chooseClockRounds, chooseKeyRounds } from '../scenarios/choose-key-rounds.ts';
import { keyPointsOf, playKeyRound } from '../scenarios/key-round.ts';
import { KEY_WALK_NAMES, type KeyWalkName } from '../scenarios/key-walks.ts';
import { SEED } from './seed.ts';

/** Those of `kill-daemon.test.ts` and `kill-host.test.ts` make it two hundred. */
const ROUNDS = 100;
const BY_THE_CLOCK = 20;

/** What each walk by keys comes to when nobody disturbs it, and the kill points that it passes. */
const undisturbed = new Map<KeyWalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(KEY_WALK_NAMES)('%s by keys, undisturbed', async name => {
  undisturbed.set(name, await keyPointsOf(name));
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  `seed ${SEED}, round %i: screen, daemon or both killed at a point, the world and the list end up the same`,
  async number => {
    const points = new Map([...undisturbed].map(([name, found]) => [name, found.points]));
    const round = chooseKeyRounds({ seed: SEED, count: ROUNDS, points })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await sayRound(round, playKeyRound(round))) }).toEqual({
      round,
      outcome: expected,
      died: true,
    });
  },
);

test.each(Array.from({ length: BY_THE_CLOCK }, (_, round) => round))(
  `seed ${SEED}, round %i by the clock: the world and the list end up the same`,
  async number => {
    const round = chooseClockRounds({ seed: SEED, count: BY_THE_CLOCK, walks: KEY_WALK_NAMES })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await sayRound(round, playKeyRound(round))) }).toEqual({
      round,
      outcome: expected,
      died: true,
    });
  },
);
