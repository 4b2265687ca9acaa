import { expect, test } from 'vitest';
import { sayRound } from '../daemon/say-round.ts';
import { chooseClockRounds, chooseKeyRounds } from '../scenarios/choose-key-rounds.ts';
import { type KeyRound, keyPointsOf, playKeyRound, type Undisturbed } from '../scenarios/key-round.ts';
import { KEY_WALK_NAMES, type KeyWalkName } from '../scenarios/key-walks.ts';
import { SEED } from './seed.ts';

/** Those of `kill-daemon.test.ts` and `kill-host.test.ts` make it two hundred. */
const ROUNDS = 100;
const BY_THE_CLOCK = 20;

const undisturbed = new Map<KeyWalkName, Undisturbed>();
/** Rounds by the clock whose walk had come to its end before the moment, at which they were killed then. */
const late: KeyRound[] = [];

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
    const round = chooseClockRounds({ seed: SEED, count: BY_THE_CLOCK, walks: undisturbed })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    const { isWithin, ...end } = await sayRound(round, playKeyRound(round));
    if (!isWithin) late.push(round);
    expect({ round, ...end }).toEqual({ round, outcome: expected, died: true });
  },
);

test('most of those by the clock were killed while their walk was under way', () => {
  expect(late.length, `late: ${JSON.stringify(late)}`).toBeLessThanOrEqual(BY_THE_CLOCK / 4);
});
