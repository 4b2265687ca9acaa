import { expect, test } from 'vitest';
import { excerptAround } from '../../source/text/excerpt.ts';

test('a short text is told whole, as one line; what has no such word is none', () => {
  expect(excerptAround('Both pass now.\n\n  Nothing \x1b[31melse.\n', 'PASS')).toBe('Both pass now. Nothing else.');
  expect(excerptAround('Both pass now.', 'cart')).toBeUndefined();
});

test('a long one is cut at both ends, between words', () => {
  const log = Array.from({ length: 200 }, (_, at) => `line${at}`).join('\n');
  const told = excerptAround(log, 'line100') ?? '';
  expect(told).toMatch(/^…line\d+ .*line100 .* line\d+…$/);
  expect(told.length).toBeGreaterThan(180);
  expect(told.length).toBeLessThanOrEqual(202);
  expect(log.split('\n')).toEqual(expect.arrayContaining(told.slice(1, -1).split(' ')));
  expect(excerptAround('they use gray-matter (1.12) for the head of a page, and remark (1.14)', '1.14')).toBe(
    '…head of a page, and remark (1.14)',
  );
});

test('at the beginning and at the end nothing is cut that is not', () => {
  const words = 'word '.repeat(100).trim();
  expect(excerptAround(`first ${words}`, 'first')).toMatch(/^first word .* word…$/);
  expect(excerptAround(`${words} last`, 'last')).toMatch(/^…word .* word last$/);
});

test('a text without blanks is cut anywhere, but in no character, and the word stays whole', () => {
  const told = excerptAround(`${'😀'.repeat(50)}x${'😀'.repeat(200)}`, 'x') ?? '';
  expect(told).toMatch(/^…😀+x😀+…$/u);
  const long = 'a'.repeat(300);
  expect(excerptAround(`so ${long} it is`, long)).toContain(long);
});
