import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectHostOutcome } from '../daemon/expect-host-outcome.ts';
import { type HostRound, hostPointsOf, playHostRound } from '../daemon/host-round.ts';
import type { Outcome } from '../daemon/kill-round.ts';
import { WALK_NAMES, type WalkName } from '../daemon/kill-walks.ts';
import { sayRound } from '../daemon/say-round.ts';
import { SEED } from './seed.ts';

/** Those of `kill-daemon.test.ts` and `kill-screen.test.ts` make it two hundred. */
const ROUNDS = 20;

/** What each walk comes to when nobody disturbs it, and the kill points that its hosts pass. */
const undisturbed = new Map<WalkName, { readonly points: readonly string[]; readonly outcome: Outcome }>();

test.each(WALK_NAMES)('%s, undisturbed', async name => {
  const found = await hostPointsOf(name);
  expect(found.points.length).toBeGreaterThan(1);
  undisturbed.set(name, found);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  `seed ${SEED}, round %i: host, or daemon and host killed at a point, nothing is hidden, lost or done twice`,
  async number => {
    const round = chooseHostRounds()[number];
    if (!round) throw new Error(`there is no round ${number}`);
    const expected = undisturbed.get(round.walk)?.outcome;
    if (!expected) throw new Error(`${round.walk} was disturbed`);
    expectHostOutcome(round, await sayRound(round, playHostRound(round)), expected);
  },
);

/** Every point of every walk in an order that the seed decides, alone and with the daemon. */
function chooseHostRounds(): readonly HostRound[] {
  const all = [...undisturbed].flatMap(([walk, { points }]) =>
    points.flatMap(killAt => (['host', 'both'] as const).map(who => ({ walk, killAt, who }))),
  );
  const order = ({ walk, killAt, who }: HostRound) =>
    createHash('sha256').update(`${SEED} ${walk} ${killAt} ${who}`).digest('hex');
  return all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, ROUNDS);
}
