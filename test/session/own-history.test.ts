import { expect, test } from 'vitest';
import type { History, Turn } from '../../source/session/history.ts';
import { ownHistory } from '../../source/session/own-history.ts';

const TEN = { input: 10, cached: 0, output: 10 };
const turn = (at: number): Turn => ({
  at,
  prompt: 'go',
  tools: [],
  toolCount: 0,
  said: 'Yes.',
  until: at,
  end: 'done',
  tokens: TEN,
});
const RECORD: History = {
  turns: [turn(1), turn(2), turn(5), turn(6)],
  count: 504,
  tokens: { input: 5040, cached: 0, output: 5040 },
  dollars: 0.5,
  dollarsSince: 1,
  context: undefined,
  limits: [],
  cwd: '/w',
};

test('of a fork what was asked from its making on is its own, and money that goes on with another count is not', () => {
  const own = ownHistory({ forks: 'a', createdAt: 5 }, RECORD);
  expect(own.turns.map(({ at }) => at)).toEqual([5, 6]);
  expect(own).toMatchObject({ count: 2, tokens: { input: 20, output: 20 }, dollars: undefined });
  expect(ownHistory({ forks: 'a', createdAt: 5 }, { ...RECORD, dollarsSince: 5 }).dollars).toBe(0.5);
  expect(ownHistory({ forks: 'a', createdAt: 9 }, RECORD)).toMatchObject({ count: 0, tokens: { input: 0 } });
});

test('a session that is no fork, as one that was adopted, has all of its record', () => {
  expect(ownHistory({ createdAt: 5 }, RECORD)).toBe(RECORD);
});
