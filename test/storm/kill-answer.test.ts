import { expect, test } from 'vitest';
import { ANSWER_POINTS, expectedOf, playAnswerRound } from '../daemon/answer-round.ts';
import { sayRound } from '../daemon/say-round.ts';

const ROUNDS = ANSWER_POINTS.flatMap(killAt => (['client', 'daemon', 'both'] as const).map(who => ({ killAt, who })));

test.each(ROUNDS)(
  '$who killed at $killAt: nothing is allowed that was not answered, and nothing twice',
  async round => {
    expect(await sayRound(round, playAnswerRound(round))).toEqual(expectedOf(round));
  },
);
