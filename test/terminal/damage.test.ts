import { describe, expect, test } from 'vitest';
import { createGrid } from '../../source/terminal/cells.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { fedScreen } from './fed-screen.ts';
import { randomBytes } from './generated.ts';
import { recordings } from './recordings.ts';

describe('damage', () => {
  test('is all at first, then the rows whose cells changed', () => {
    const { screen, feed } = fedScreen('x');
    expect(screen.takeDamage().all).toBe(true);
    feed('\x1b[3;1Habc\x1b[6;2Hd');
    const damage = screen.takeDamage();
    expect(damage.all).toBe(false);
    expect([...damage.rows]).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
    expect([...screen.takeDamage().rows]).toEqual(Array(8).fill(0));
  });

  test('of the cursor is where it stands and how it looks', () => {
    const { screen, feed } = fedScreen();
    screen.takeDamage();
    expect(screen.takeDamage().cursor).toBe(false);
    for (const change of ['\x1b[3;3H', '\x1b[?25l', '\x1b[?25h', '\x1b[5 q']) {
      feed(change);
      expect(screen.takeDamage()).toMatchObject({ all: false, cursor: true });
    }
    feed('\x1b[5;5Hx\x1b[3;3H');
    expect(screen.takeDamage().cursor).toBe(false);
  });

  test('is all after a resize, RIS and a change of colours', () => {
    const { screen, feed } = fedScreen('x');
    for (const change of [() => screen.resize(30, 6), () => feed('\x1bc'), () => feed('\x1b]4;1;#fff\x07')]) {
      screen.takeDamage();
      change();
      expect(screen.takeDamage().all).toBe(true);
    }
  });

  test('painting only what was damaged gives the same as painting all', () => {
    for (const { columns, rows, bytes } of [
      ...recordings(),
      {
        columns: 30,
        rows: 10,
        bytes: Buffer.concat([randomBytes(5, 20_000), Buffer.from('\x1b[?1049h'), randomBytes(6, 20_000)]),
      },
    ]) {
      const screen = new Screen({ columns, rows, scrollback: 100 });
      const [kept, fresh] = [createGrid(columns, rows), createGrid(columns, rows)];
      const area = { x: 0, y: 0, columns, rows, scrolledBack: 0 };
      for (let at = 0; at < bytes.length; at += 400) {
        screen.feed(bytes.subarray(at, at + 400));
        const { all, rows: changed } = screen.takeDamage();
        screen.paint(kept, all ? area : { ...area, changed });
        screen.paint(fresh, area);
        // A blank and an empty cell look the same.
        expect({ ...kept, text: kept.text.map(text => text || ' ') }).toEqual({
          ...fresh,
          text: fresh.text.map(text => text || ' '),
        });
      }
    }
  });
});

describe('whether anything changed', () => {
  test.each([
    ['text', 'new', true],
    ['the same text again', '\x1b[1;1Hsame', false],
    ['erasing and drawing the same', '\x1b[2J\x1b[1;1Hsame', false],
    ['blanks over nothing', '\x1b[5;1H     ', false],
    ['a colour', '\x1b[1;1H\x1b[31msame', true],
    ['a combining mark', '\x1b[1;5H\u0301', true],
    ['the cursor', '\x1b[4;4H', false],
    ['a title, a bell and a status', '\x1b]2;x\x07\x07\x1b]7501;state=working\x07', false],
    ['a scroll of nothing', '\x1b[8;1H', false],
    ['a scroll', '\x1b[8;1H\n', true],
    ['the other screen, empty', '\x1b[?1049h', true],
    ['an underline', '\x1b[1;1H\x1b[4:3msame', true],
  ])('%s', (_, output, changed) => {
    const { screen, feed } = fedScreen('same');
    expect(screen.drainChanged()).toBe(true);
    expect(screen.drainChanged()).toBe(false);
    feed(output);
    expect(screen.drainChanged()).toBe(changed);
  });

  test('one mark for another', () => {
    const { screen, feed } = fedScreen('e\u0301');
    screen.drainChanged();
    feed('\x1b[1;1He\u0300');
    expect(screen.drainChanged()).toBe(true);
  });

  test('a fresh screen has not changed', () => expect(fedScreen().screen.drainChanged()).toBe(false));

  test('who takes the damage does not take it from who drains', () => {
    const { screen } = fedScreen('x');
    screen.takeDamage();
    expect(screen.drainChanged()).toBe(true);
  });
});
