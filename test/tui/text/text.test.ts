import fc from 'fast-check';
import { expect, test } from 'vitest';
import { age, nextAgeChange } from '../../../source/text/age.ts';
import { cutEnd, cutMiddle, padEnd } from '../../../source/text/cut.ts';
import { plain, plainLines } from '../../../source/text/plain.ts';
import { cellWidth, graphemes, graphemeWidth } from '../../../source/text/width.ts';
import { wrap } from '../../../source/text/wrap.ts';
import { cutLine, fitSegments, lineWidth, type Segment, span, spread } from '../../../source/tui/text/line.ts';
import { INVISIBLE } from './invisible.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
  [0, '0s'],
  [9 * SECOND, '9s'],
  [59 * SECOND + 999, '59s'],
  [MINUTE, '1m'],
  [14 * MINUTE + 30 * SECOND, '14m'],
  [3 * HOUR + 59 * MINUTE, '3h'],
  [4 * 24 * HOUR + HOUR, '4d'],
  [-5, '0s'],
])('an age of %d ms is %s', (ms, text) => {
  expect(age(ms)).toBe(text);
});

test('the next change of an age is the first moment at which it reads differently', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 24 * HOUR }), passed => {
      const next = nextAgeChange(1_000, 1_000 + passed) - 1_000;
      expect(next).toBeGreaterThan(passed);
      expect(age(next)).not.toBe(age(passed));
      expect(age(next - 1)).toBe(age(passed));
    }),
  );
});

test('characters are told apart as Unicode does, by whatever way', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (let point = 0x20; point < 0x10000; point++) {
    // Alone, and beside one that it may join with.
    const character = String.fromCharCode(point);
    for (const text of [character, `─${character}·`]) {
      const parts = Array.from(segmenter.segment(text), ({ segment, index }) => ({ segment, index }));
      const width = parts.reduce((sum, { segment }) => sum + graphemeWidth(segment), 0);
      const told = Array.from(graphemes(text), ({ segment, index }) => ({ segment, index }));
      if (cellWidth(text) === width && JSON.stringify(told) === JSON.stringify(parts)) continue;
      expect({ point: point.toString(16), told, width: cellWidth(text) }).toEqual({
        point: point.toString(16),
        told: parts,
        width,
      });
    }
  }
});

test.each([
  ['a', 1],
  ['日本', 4],
  ['é', 1],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['✗ ⧗ ▲', 5],
  ['│─◂▸', 4],
  ['\u200b', 0],
])('%j takes %d cells', (text, cells) => {
  expect(cellWidth(text)).toBe(cells);
});

test('titles are cut at the end, paths in the middle', () => {
  expect(cutEnd('Fix flaky checkout test', 10)).toBe('Fix flaky…');
  expect(cutMiddle('feat/orders/todo/toggle', 13)).toBe('feat/o…toggle');
  expect(cutEnd('日本語', 4)).toBe('日…');
  expect(padEnd('ab', 4)).toBe('ab  ');
});

test('whatever is cut fits, and what fits is not cut', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 40 }).map(plain);
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 50 }), (text, width) => {
      for (const cut of [cutEnd, cutMiddle]) {
        expect(cellWidth(cut(text, width))).toBeLessThanOrEqual(Math.max(width, 0));
        if (cellWidth(text) <= width) expect(cut(text, width)).toBe(text);
      }
      expect(cellWidth(padEnd(text, width))).toBe(width);
    }),
  );
});

test('untrusted text is one line of what can be drawn', () => {
  expect(plain('a\x1b[31mred\x1b[m\nb')).toBe('ared b');
  expect(plain('\x1b]0;title\x07x')).toBe('x');
  expect(plain('\x1b]52;c;Zm9v\x1b\\x')).toBe('x');
  expect(plain('ab\u202ecd\u2066')).toBe('abcd');
  expect(plain('bell\x07 c1\x9b31m')).toBe('bell c131m');
  expect(plainLines('a\tb\r\nc')).toEqual(['a  b', 'c']);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      expect(plain(text)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});

test.each(INVISIBLE)('nothing is left of %j in a text', character => {
  expect(plain(`a${character}`).trimEnd()).toBe('a');
  expect(plain(`é${character.repeat(3)}x`).replaceAll(' ', '')).toBe('éx');
});

test('what is seen together is left together: emoji, joined letters, the flags that are written with tags', () => {
  const flags = ['gbeng', 'gbsct', 'gbwls'].map(letters => {
    const tags = [...letters].map(letter => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));
    return `\u{1f3f4}${tags.join('')}\u{e007f}`;
  });
  for (const text of ['👩‍👩‍👧', '✈️ ✈︎', '1️⃣', 'نمی‌خواهم', '🇩🇪', '⠋⠙⠹', '한국어', ...flags])
    expect(plain(text)).toBe(text);
  // No flag, but words that are written with tags.
  expect(plain('\u{1f3f4}\u{e0067}\u{e0062}\u{e0078}\u{e007f}!')).toBe('🏴!');
  // A blank that is as wide as the letters beside it.
  expect(plain('⠋\u2800⠋')).toBe('⠋ ⠋');
});

test('sentences wrap between words, a long word anywhere', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']);
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      for (const row of wrap(text, width)) expect(cellWidth(row)).toBeLessThanOrEqual(width);
    }),
  );
});

test('a spread row is exactly as wide as asked; the left gives way', () => {
  const row = spread(12, [span('a long title')], [span('14m')]);
  expect(row.map(each => each.text).join('')).toBe('a long … 14m');
  fc.assert(
    fc.property(
      fc.string({ maxLength: 30 }),
      fc.string({ maxLength: 10 }),
      fc.integer({ min: 0, max: 40 }),
      (a, b, width) => {
        expect(lineWidth(spread(width, [span(a)], [span(b)]))).toBe(width);
        expect(lineWidth(cutLine([span(a), span(b)], width))).toBeLessThanOrEqual(width);
      },
    ),
  );
});

const SEGMENTS: readonly Segment[] = [
  { text: 'Fix flaky checkout test', rank: 10, shrink: { to: 8, how: 'end' } },
  { text: 'claude', rank: 4 },
  { text: 'ann/fix-flaky-checkout-test', rank: 5, shrink: { to: 9, how: 'middle' } },
  { text: '14m', rank: 3 },
];

test.each([
  [70, ['Fix flaky checkout test', 'claude', 'ann/fix-flaky-checkout-test', '14m']],
  [55, ['Fix flaky checkout test', 'claude', 'ann/fix-…out-test', '14m']],
  [40, ['Fix flaky check…', 'claude', 'ann/…test', '14m']],
  [24, ['Fix flaky ch…', 'ann/…test']],
  [12, ['Fix flaky c…']],
])('in %d cells the lowest ranks shrink, then go', (width, texts) => {
  expect(fitSegments(SEGMENTS, width).map(each => each.text)).toEqual(texts);
});
