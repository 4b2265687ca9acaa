import { expect, test } from 'vitest';
import { fedScreen } from './fed-screen.ts';

/** What agents count with (string-width, unicode-width) and today's terminals draw. */
test.each([
  ['a', 1],
  ['漢', 2],
  ['Ａ', 2],
  ['한', 2],
  ['\u1112\u1161\u11ab', 2],
  ['ｶ', 1],
  ['é', 1],
  ['e\u0301\u0302', 1],
  ['กำ', 2],
  ['─│╭●✻✳⏺⎿⠋', 9],
  ['①', 1],
  ['\ue0b0', 1],
  ['😀', 2],
  ['⭐', 2],
  ['⌚', 2],
  ['❤', 1],
  ['❤\ufe0f', 2],
  ['⚠\ufe0f', 2],
  ['1\ufe0f\u20e3', 2],
  ['a\ufe0f', 1],
  ['👍🏽', 2],
  ['👩‍👩‍👧', 2],
  ['👩🏽‍💻', 2],
  ['❤️‍🔥', 2],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
  ['🇩🇪', 2],
  ['🇩🇪🇫🇷', 4],
  ['🇩', 1],
  ['🫨', 2],
  ['🫩', 2],
  ['🪿', 2],
  ['a\u200bb', 2],
  ['a\u200db', 2],
  ['\ufeffa', 1],
])('%s takes %i cells', (text, width) => {
  expect(fedScreen(text).screen.cursor().x).toBe(width);
  // Its parts in reads of their own as well.
  const { screen } = fedScreen();
  for (const byte of Buffer.from(text)) screen.feed(Uint8Array.of(byte));
  expect(screen.cursor().x).toBe(width);
});

test.each(['🇩🇪', '👍🏽', '👩‍👩‍👧', '❤\ufe0f'])(
  '%s is one character: half of it written over, nothing is left of it',
  text => {
    const { screen } = fedScreen(`${text}x\x1b[1;1Ho`);
    expect(screen.text({ scrollback: 0 })[0]).toBe('o x');
  },
);

test('an emoji that grows at the margin goes to the next row whole', () => {
  const { screen } = fedScreen(`\x1b[1;40H❤\ufe0fx`);
  expect(screen.text({ scrollback: 0 }).slice(0, 2)).toEqual(['', '❤\ufe0fx']);
});
