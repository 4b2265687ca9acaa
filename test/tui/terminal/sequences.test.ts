import { expect, test } from 'vitest';
import { Screen } from '../../../source/terminal/screen.ts';
import { ENTER_KITTY, enterSequence, leaveSequence } from '../../../source/tui/terminal/sequences.ts';

const plain = { title: undefined };

/** A terminal with rows above its screen and a program half way through a line. */
function usedTerminal(): Screen {
  const screen = new Screen({ columns: 20, rows: 4, scrollback: 100 });
  screen.feed(Buffer.from('\x1b[32m'));
  for (let row = 1; row <= 9; row++) screen.feed(Buffer.from(`row ${row}\r\n`));
  screen.feed(Buffer.from('$ tutti'));
  return screen;
}

test('leaving gives back the screen, the cursor, the colours and every row above', () => {
  const screen = usedTerminal();
  const before = { rows: screen.text({ scrollback: 100 }), cursor: screen.cursor(), modes: screen.modes() };
  const mess =
    '\x1b[2;3r\x1b[?6h\x1b[4h\x1b[?1h\x1b=\x1b[?1003h\x1b[>5u\x1b[>4;2m\x1b[5 q\x1b[31;1m\x1b[?2026h\x1b(0\x1b7\x1b[38;2';
  screen.feed(Buffer.from(enterSequence(plain) + mess));
  expect(screen.modes().alternateScreen).toBe(true);
  screen.feed(Buffer.from(leaveSequence(plain)));
  expect({ rows: screen.text({ scrollback: 100 }), cursor: screen.cursor(), modes: screen.modes() }).toEqual(before);
  expect(screen.synchronizing).toBe(false);
  // Text goes on where it was, in the colour that it had, wraps at the edge, and is text.
  screen.feed(Buffer.from('\x1b[6nqqqqqqqqqqqqqqqqqqqq'));
  expect(screen.text({ scrollback: 0 }).slice(-2)).toEqual(['$ tuttiqqqqqqqqqqqqq', 'qqqqqqq']);
});

test('text wraps again also in a terminal where DECSTR turns that off', () => {
  const screen = usedTerminal();
  const asVt510 = leaveSequence(plain).replace('\x1b[!p', '\x1b[!p\x1b[?7l');
  screen.feed(Buffer.from(`${enterSequence(plain)}${asVt510}${'q'.repeat(20)}`));
  expect(screen.text({ scrollback: 0 }).slice(-2)).toEqual(['$ tuttiqqqqqqqqqqqqq', 'qqqqqqq']);
});

test('leaving takes back what was pushed for the keyboard, however often one leaves and comes back', () => {
  const screen = usedTerminal();
  for (let stop = 0; stop < 3; stop++) {
    screen.feed(Buffer.from(enterSequence(plain) + ENTER_KITTY));
    expect(screen.modes().kittyFlags).toBe(1);
    screen.feed(Buffer.from(leaveSequence(plain)));
    expect(screen.modes().kittyFlags).toBe(0);
  }
  screen.feed(Buffer.from('\x1b[?1049h'));
  expect(screen.modes().kittyFlags).toBe(0);
});

test('leaving a screen that was never entered does no harm', () => {
  const screen = usedTerminal();
  const before = screen.text({ scrollback: 100 });
  screen.feed(Buffer.from(leaveSequence(plain)));
  expect(screen.text({ scrollback: 100 })).toEqual(before);
});

test('nothing in it clears: no RIS, no ED 3, no ED 2', () => {
  const all = enterSequence({ title: 'tutti' }) + leaveSequence({ title: 'tutti' });
  expect(all).not.toMatch(/\x1bc|\x1b\[[23]?J/);
});

test('the title is saved before it is changed, and comes back', () => {
  expect(enterSequence({ title: 'tutti\x07\x1b[31m' })).toMatch(/^\x1b\[22;0t\x1b\]0;tutti\[31m\x1b\\\x1b\[\?1049h/);
  expect(leaveSequence({ title: 'tutti' })).toMatch(/\x1b\[23;0t$/);
  expect(enterSequence(plain) + leaveSequence(plain)).not.toMatch(/\x1b\]0;|\x1b\[2[23];0t/);
});
