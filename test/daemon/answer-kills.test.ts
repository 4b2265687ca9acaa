import { expect, test } from 'vitest';
import { type AnswerRound, expectedOf, playAnswerRound } from './answer-round.ts';
import { sayRound } from './say-round.ts';

/** The storm plays all of them. */
const ROUNDS: readonly AnswerRound[] = [
  { killAt: 'host:pressed', who: 'both' },
  { killAt: 'daemon:answer:pressed', who: 'daemon' },
];

test.each(ROUNDS)(
  '$who killed at $killAt: nothing is allowed that was not answered, and nothing twice',
  async round => {
    expect(await sayRound(round, playAnswerRound(round))).toEqual(expectedOf(round));
  },
  60_000,
);
