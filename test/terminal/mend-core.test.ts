import { describe, expect, test } from 'vitest';
import { insideOf } from '../../source/terminal/screen.ts';
import { fedScreen, rows } from './fed-screen.ts';

/** What xterm.js gets wrong or lets a program abuse: every one of these fails without its mend. */
describe('mended', () => {
  test('C1 controls in UTF-8 are none', () => {
    expect(rows(fedScreen('a\u009b31mb\u0085c\u009d0;t\u0007d\u0090e\u009cf').screen)).toEqual(['a31mbc0;tdef']);
  });

  // Done two thousand million times it would take minutes: the runner's own limit ends the test then.
  test.each(['L', 'M', 'S', 'T', '@', 'P', 'X', 'I', 'Z', 'b', ' @', ' A', "'}", "'~"])(
    'a count of two thousand million for %s is bounded',
    final => {
      const { screen } = fedScreen(`x\x1b[2147483647${final}`.repeat(20));
      expect(screen.faults).toBe(0);
    },
  );

  test('SGR 0 keeps protection', () => {
    expect(rows(fedScreen('\x1b[1"qa\x1b[mb\x1b[0"qc\x1b[?2K').screen)).toEqual(['ab']);
  });

  test('SGR 59 is the default colour of underlines', () => {
    expect(fedScreen('\x1b[4;58;5;9;59m\x1bP$qm\x1b\\').replies).toEqual(['\x1bP1$r0;4m\x1b\\']);
    expect(fedScreen('\x1b[4;58;2;59;59;59m\x1bP$qm\x1b\\').replies).toEqual(['\x1bP1$r0;4;58:2::59:59:59m\x1b\\']);
  });

  test('ED 1 at the last cell does not throw and leaves the scrollback’s wraps alone', () => {
    const { screen, feed } = fedScreen('\x1b[999;999Hx\x1b[1Jok');
    expect(screen.faults).toBe(0);
    expect(screen.text({ scrollback: 0 }).join('').trim()).toBe('ok');
    feed(`\x1bc${'w'.repeat(400)}\x1b[8;40H\x1b[1J`);
    screen.resize(80, 8);
    expect(screen.text({ scrollback: 100 })[0]).toBe('w'.repeat(80));
  });

  test('RIS shows the cursor and ends line-feed mode', () => {
    const { screen } = fedScreen('\x1b[?25l\x1b[20h\x1b[?12h\x1bcab\nc');
    expect(screen.cursor()).toEqual({ x: 3, y: 1, visible: true });
    expect(screen.modes().cursorBlink).toBe(false);
  });

  test('a mark in the first column is dropped, after a movement it joins the cell before', () => {
    const { screen } = fedScreen('\u0301ab\x1b[3D\u0301c\x1b[2;5Hx\x1b[m\u0301y');
    expect(rows(screen, 2)).toEqual(['cb', '    x\u0301y']);
  });

  test('without autowrap a wide character that does not fit is dropped, wherever output is cut', () => {
    const output = Buffer.from(`\x1b[?7l${'漢'.repeat(21)}字x`);
    for (let cut = 0; cut <= output.length; cut++) {
      const { screen } = fedScreen();
      screen.feed(output.subarray(0, cut));
      screen.feed(output.subarray(cut));
      expect(rows(screen)).toEqual([`${'漢'.repeat(19)} x`]);
    }
  });

  test('links do not pile up: what no cell shows any more goes', () => {
    const { screen, feed } = fedScreen('\x1b[2;1H\x1b]8;;http://kept\x07k\x1b]8;;\x07');
    for (let i = 0; i < 300; i++) {
      feed(Array.from({ length: 20 }, (_, n) => `\x1b[H\x1b]8;;http://host/${i}/${n}\x07x\x1b]8;;\x07`).join(''));
    }
    const { links } = insideOf(screen).state;
    expect(links.size).toBeLessThan(2_000);
    expect(Buffer.from(screen.snapshot({ scrollback: 0 })).toString()).toContain('http://kept');
  });
});
