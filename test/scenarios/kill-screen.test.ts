import { expect, test } from 'vitest';
import type { Outcome } from '../daemon/kill-round.ts';
import { sayRound } from '../daemon/say-round.ts';
import { chooseKeyRounds } from './choose-key-rounds.ts';
import { keyPointsOf, playKeyRound } from './key-round.ts';
import type { KeyWalkName } from './key-walks.ts';

/** With those of `test/daemon/kill-points.test.ts` twenty; the storm has ten times as many, of all walks. */
const ROUNDS = 3;
const WALKS: readonly KeyWalkName[] = ['spawn', 'takeOver'];

/** What each walk by keys comes to when nobody disturbs it, and the kill points that it passes. */
const undisturbed = new Map<KeyWalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(WALKS)('%s by keys, undisturbed', { timeout: 60_000 }, async name => {
  const found = await keyPointsOf(name);
  expect(found.points.some(point => point.startsWith('tui:'))).toBe(true);
  expect(found.points.some(point => point.startsWith('daemon:'))).toBe(true);
  expect(found.outcome).toMatchObject({ bystander: 'agent-1 same', locks: [] });
  undisturbed.set(name, found);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'round %i: screen, daemon or both killed at a point, the world and the list end up the same',
  { timeout: 60_000 },
  async number => {
    const points = new Map([...undisturbed].map(([name, found]) => [name, found.points]));
    const round = chooseKeyRounds({ seed: 'quick', count: ROUNDS, points })[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    expect({ round, ...(await sayRound(round, playKeyRound(round))) }).toEqual({
      round,
      outcome: expected,
      died: true,
    });
  },
);
