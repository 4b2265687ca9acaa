import { expect, test } from 'vitest';
import { insideOf } from '../../source/terminal/screen.ts';
import { fedScreen, rows } from './fed-screen.ts';
import { screenState } from './screen-state.ts';

test('a resize wraps rows anew', () => {
  const { screen } = fedScreen(`${'abcdefghij'.repeat(6)}\r\n$ `);
  screen.resize(20, 8);
  expect(rows(screen, 4)).toEqual(['abcdefghij'.repeat(2), 'abcdefghij'.repeat(2), 'abcdefghij'.repeat(2), '$']);
  screen.resize(80, 8);
  expect(rows(screen, 2)).toEqual(['abcdefghij'.repeat(6), '$']);
  expect([screen.columns, screen.rows]).toEqual([80, 8]);
});

test('rows above the screen are counted, also those that are dropped', () => {
  const { screen, feed } = fedScreen(Array.from({ length: 20 }, (_, i) => i).join('\r\n'));
  expect([screen.scrollbackLength, screen.scrolledOff]).toEqual([12, 12]);
  feed('\r\n'.repeat(200));
  expect([screen.scrollbackLength, screen.scrolledOff]).toEqual([100, 212]);
  feed('\x1b[?1049h\r\n\r\n');
  expect([screen.scrollbackLength, screen.scrolledOff]).toEqual([0, 212]);
});

test('text has no trailing blanks, and rows above the screen if asked', () => {
  const { screen } = fedScreen(Array.from({ length: 10 }, (_, i) => `row ${i}   `).join('\r\n'));
  expect(screen.text({ scrollback: 1 })).toEqual(Array.from({ length: 9 }, (_, i) => `row ${i + 1}`));
});

test('the cursor that waits to wrap stands on the last column', () => {
  expect(fedScreen('\x1b[2;40Hx').screen.cursor()).toEqual({ x: 39, y: 1, visible: true });
});

test('bytes are counted', () => {
  const { screen, feed } = fedScreen('é');
  feed('abc');
  expect(screen.sequence).toBe(5);
});

test('a big chunk is the same as many small ones', () => {
  const output = Buffer.from('\x1b[31mrow é 漢 \x1b]0;t\x07👩‍👩‍👧\r\n'.repeat(9_000));
  const [one, many] = [fedScreen().screen, fedScreen().screen];
  one.feed(output);
  for (let at = 0; at < output.length; at += 977) many.feed(output.subarray(at, at + 977));
  expect(screenState(one)).toEqual(screenState(many));
});

test('output at which the parser throws is lost alone, and counted', () => {
  const { screen, feed } = fedScreen('before ');
  const { _inputHandler: handler } = insideOf(screen).state.core;
  const { print } = handler;
  handler.print = () => {
    throw new Error('a fault');
  };
  feed('lost');
  handler.print = print;
  feed('after');
  expect(rows(screen)).toEqual(['before after']);
  expect(screen.faults).toBe(1);
});
