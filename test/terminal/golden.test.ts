import { expect, test } from 'vitest';
import { Screen } from '../../source/terminal/screen.ts';
import { type Picture, picture, readGolden } from './golden.ts';
import { generated, recordings } from './recordings.ts';

/** Where tmux 3.3a, of which the pictures are, is not the truth: what we show there, and why. */
const DIFFERENCES: Readonly<Record<string, { readonly why: string; readonly change: (picture: Picture) => Picture }>> =
  {
    'wide.end': {
      why: 'Deleting the right half of a wide character deletes the character, as in xterm; tmux keeps it whole.',
      change: rows({ 6: '한글 조   글' }),
    },
    'emoji.end': {
      why: 'tmux cuts a tag flag at 21 bytes and does not know emoji newer than Unicode 14.',
      change: picture => ({ ...rows({ 11: '🏴󠁧󠁢󠁥󠁮󠁧󠁿 tag flag|', 12: '🫨 new|' })(picture), x: 7 }),
    },
    'combining.end': {
      why: 'U+FEFF is a byte order mark and dropped; tmux moves a joiner to the next character that is no emoji. Neither shows.',
      change: rows({ 6: 'a\u200bb c\u200dd ef|' }),
    },
    'alternate.end': {
      why: 'Mode 1048 saves and restores the cursor, as in xterm; tmux does not know it.',
      change: picture => ({ ...rows({ 3: '     less!' })(picture), x: 10 }),
    },
    'editing.end': {
      why: 'A cursor that waits to wrap stands on the last column, and a backspace leaves it, as in xterm and on a VT; tmux counts it one further.',
      change: rows({ 10: `${'z'.repeat(37)}bsz` }),
    },
    'charsets.end': {
      why: 'G2 and G3 can be shifted in, as in xterm; tmux has G0 and G1 only.',
      change: rows({ 5: '──q' }),
    },
    'tabs.end': {
      why: 'CHT goes forward by tab stops, as in xterm; tmux does not know it.',
      change: picture => ({ ...rows({ 3: `    one${' '.repeat(52)}t`, 4: 'wo' })(picture), x: 2, y: 4 }),
    },
    'invalid-utf8.end': {
      why: 'Bytes that are no UTF-8 show as U+FFFD, one for each part that could have begun a character, as in xterm, VTE and kitty; tmux drops them.',
      change: rows({
        0: 'a�b�c|',
        1: 'a�b��c|',
        2: 'a�b�c�d|',
        3: 'a��b���c|',
        4: 'a���b����c|',
        5: 'a�{a1}b{}c|',
      }),
    },
  };

function rows(changed: Readonly<Record<number, string>>): (picture: Picture) => Picture {
  return picture => ({ ...picture, rows: picture.rows.map((row, y) => changed[y] ?? row) });
}

for (const { name, columns, rows: height, bytes, marks } of [...recordings(), ...generated()]) {
  test(`${name} looks as in another terminal`, () => {
    const screen = new Screen({ columns, rows: height, scrollback: 1_000 });
    let at = 0;
    for (const [label, end] of Object.entries(marks)) {
      screen.feed(bytes.subarray(at, end));
      at = end;
      const golden = readGolden(`${name}.${label}`);
      const expected = DIFFERENCES[`${name}.${label}`]?.change(golden) ?? golden;
      // tmux counts a cursor that waits to wrap one column further.
      expect(picture(screen)).toEqual({ ...expected, x: Math.min(expected.x, columns - 1) });
    }
    expect(screen.faults).toBe(0);
    screen.dispose();
  });
}
