import { expect, test } from 'vitest';
import { addTokens, type History, NO_TOKENS, type Turn } from '../../source/session/history.ts';
import { joinHistories } from '../../source/session/join-histories.ts';

const TEN = { input: 10, cached: 0, output: 10 };

function turn(at: number | undefined, prompt: string): Turn {
  return { at, prompt, tools: [], toolCount: 0, said: 'Yes.', until: at, end: 'done', tokens: TEN };
}

function history(turns: readonly Turn[], more: Partial<History> = {}): History {
  const tokens = turns.reduce((sum, each) => addTokens(sum, each.tokens), NO_TOKENS);
  const nothing = { dollars: undefined, context: undefined, limits: [], cwd: '/w' };
  return { turns, count: turns.length, tokens, ...nothing, ...more };
}

test('conversations are told one after the other, and what they took is summed', () => {
  const [a, b] = [history([turn(1, 'one')], { dollars: 0.25 }), history([turn(2, 'two')], { dollars: 0.5 })];
  const joined = joinHistories([a, b], history([turn(3, 'three')], { context: { used: 7, of: undefined } }));
  expect(joined?.turns.map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);
  expect(joined).toMatchObject({ count: 3, tokens: { input: 30, output: 30 }, dollars: 0.75, context: { used: 7 } });
  expect(joinHistories([], undefined)).toBeUndefined();
});

test('of one of which nothing is written down yet nothing is told, its context neither', () => {
  const limits = [{ minutes: 300, usedPercent: 100, resetsAt: 9 }];
  const joined = joinHistories([history([turn(1, 'one')], { context: { used: 7, of: 9 }, limits })], undefined);
  expect(joined).toMatchObject({ count: 1, context: undefined, limits });
});

test('turns that a fork within the program has copied count once, also those that are too old to be told', () => {
  const origin = [turn(1, 'one'), turn(2, 'two')];
  const joined = joinHistories([history(origin)], history([...origin, turn(3, 'three')]));
  expect(joined?.turns.map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);
  expect(joined).toMatchObject({ count: 3, tokens: { input: 30 } });
  const told = { count: 502, tokens: { input: 5020, cached: 0, output: 5020 } };
  const long = joinHistories([history(origin, told)], history([...origin, turn(3, 'three')], { ...told, count: 503 }));
  expect(long).toMatchObject({ count: 503, tokens: { input: 5030 } });
  // Without a time nobody can tell a copy from a prompt that was given twice.
  expect(joinHistories([history([turn(undefined, 'go')])], history([turn(undefined, 'go')]))?.count).toBe(2);
});

test('money of which the count goes on is not added to itself', () => {
  const before = history([turn(1, 'one')], { dollars: 0.25, dollarsSince: 5 });
  const joined = (dollarsSince: number) =>
    joinHistories([before], history([turn(2, 'two')], { dollars: 0.5, dollarsSince }))?.dollars;
  expect([joined(5), joined(6)]).toEqual([0.5, 0.75]);
});
