import { expect, test } from 'vitest';
import { chooseRounds } from './choose-rounds.ts';
import { type Outcome, playRound, pointsOf } from './kill-round.ts';
import { WALK_NAMES, type WalkName } from './kill-walks.ts';
import { sayRound } from './say-round.ts';

/** With those of `test/scenarios/kill-screen.test.ts` twenty; the storm has ten times as many. */
const ROUNDS = 17;

/** What each walk comes to when nobody disturbs it, and the kill points that it passes. */
const undisturbed = new Map<WalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(WALK_NAMES)('%s, undisturbed', async name => {
  const found = await pointsOf(name);
  expect(found.points.length).toBeGreaterThan(10);
  expect(found.outcome).toMatchObject({ bystander: 'agent-1 same', locks: [] });
  undisturbed.set(name, found);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'round %i: killed at a point, the world ends up the same',
  async number => {
    const points = new Map([...undisturbed].map(([name, found]) => [name, found.points]));
    const round = chooseRounds({ seed: 'quick', count: ROUNDS, points })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await sayRound(round, playRound(round))) }).toEqual({ round, outcome: expected, died: true });
  },
  60_000,
);
