import { expect, test } from 'vitest';
import { createGrid } from '../../source/terminal/cells.ts';
import { drawRows } from '../../source/terminal/draw-rows.ts';
import { Screen } from '../../source/terminal/screen.ts';

function drawn(bytes: string, columns = 12, rows = 3): readonly string[] {
  const screen = new Screen({ columns, rows, scrollback: 0 });
  screen.feed(Buffer.from(bytes));
  const grid = createGrid(columns, rows);
  screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
  return drawRows(grid);
}

test.each<[string, string, readonly string[]]>([
  ['plain text, without blanks at its end', 'a b  ', ['a b', '', '']],
  [
    'colours and attributes',
    '\x1b[1;31mred\x1b[0m \x1b[2mdim\x1b[0m',
    ['\x1b[0;1;31mred\x1b[0m \x1b[0;2mdim\x1b[0m', '', ''],
  ],
  [
    'true colour and a background to its end',
    '\x1b[38;2;1;2;3mx\x1b[48;5;9m  ',
    ['\x1b[0;38;2;1;2;3mx\x1b[0;38;2;1;2;3;101m  \x1b[0m', '', ''],
  ],
  ['wide characters', '雪x', ['雪x', '', '']],
])('%s', (_, bytes, rows) => {
  expect(drawn(bytes)).toEqual(rows);
});

test('what was drawn is drawn the same again', () => {
  const once = drawn('\x1b[7mone\x1b[0m 雪\r\n\x1b[3;4;32mtwo\x1b[0m\r\n  three');
  expect(drawn(once.join('\r\n'))).toEqual(once);
});
