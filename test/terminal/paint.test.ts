import { describe, expect, test } from 'vitest';
import { Attribute, type CellGrid, createGrid, TRUE_COLOR } from '../../source/terminal/cells.ts';
import { fedScreen } from './fed-screen.ts';

/** The characters of a grid's rows, `·` where a cell is empty, `~` for the right half of a wide one. */
function shown(grid: CellGrid): string[] {
  return Array.from({ length: grid.rows }, (_, y) =>
    Array.from({ length: grid.columns }, (_, x) => {
      const at = y * grid.columns + x;
      return grid.text[at] || (grid.width[at] === 0 ? '~' : '·');
    }).join(''),
  );
}

describe('painting', () => {
  test('copies a screen into a rectangle, blank outside of it, and nothing beyond the grid', () => {
    const { screen } = fedScreen('ab漢\r\ncd', { columns: 6, rows: 3 });
    const grid = createGrid(9, 5);
    grid.text.fill('x');
    screen.paint(grid, { x: 2, y: 1, columns: 20, rows: 20, scrolledBack: 0 });
    expect(shown(grid)).toEqual(['xxxxxxxxx', 'xxab漢~···', 'xxcd·····', 'xx·······', 'xx·······']);
  });

  test('shows a part, and half a wide character as a blank', () => {
    const { screen } = fedScreen('a漢b\r\n漢字\r\nxyz', { columns: 6, rows: 3 });
    const grid = createGrid(2, 2);
    screen.paint(grid, { x: 0, y: 0, columns: 2, rows: 2, scrolledBack: 0 });
    expect(shown(grid)).toEqual(['a·', '漢~']);
    screen.paint(grid, { x: 0, y: 0, columns: 2, rows: 2, scrolledBack: 0, fromRow: 1, fromColumn: 1 });
    expect(shown(grid)).toEqual(['··', 'yz']);
  });

  test('goes back into the scrollback', () => {
    const { screen } = fedScreen('1\r\n2\r\n3\r\n4\r\n5', { columns: 4, rows: 2 });
    const grid = createGrid(1, 2);
    const at = (scrolledBack: number) => {
      screen.paint(grid, { x: 0, y: 0, columns: 1, rows: 2, scrolledBack });
      return shown(grid).join('');
    };
    expect([at(0), at(1), at(3), at(99)]).toEqual(['45', '34', '12', '12']);
  });

  test('only rows that changed, if asked', () => {
    const { screen, feed } = fedScreen('one\r\ntwo', { columns: 4, rows: 2 });
    const grid = createGrid(4, 2);
    screen.takeDamage();
    feed('\x1b[1;1HONE');
    screen.paint(grid, { x: 0, y: 0, columns: 4, rows: 2, scrolledBack: 0, changed: screen.takeDamage().rows });
    expect(shown(grid)).toEqual(['ONE·', '····']);
  });

  test('gives colours and attributes', () => {
    const { screen } = fedScreen(
      '\x1b[1;3;4:3;58:5:9;38;5;200;48;2;1;2;3mx\x1b[0;2;5;7;8;9;53;91my\x1b[0;4mz\x1b]8;;u\x07l',
    );
    const grid = createGrid(4, 1);
    screen.paint(grid, { x: 0, y: 0, columns: 4, rows: 1, scrolledBack: 0 });
    const curly = 3 << Attribute.underlineShift;
    const single = 1 << Attribute.underlineShift;
    const { dim, blink, inverse, invisible, strike, overline } = Attribute;
    expect([...grid.attributes]).toEqual([
      Attribute.bold | Attribute.italic | curly,
      dim | blink | inverse | invisible | strike | overline,
      single,
      single,
    ]);
    expect([...grid.foreground]).toEqual([200, 9, -1, -1]);
    expect([...grid.background]).toEqual([TRUE_COLOR | 0x010203, -1, -1, -1]);
    expect([...grid.underline]).toEqual([9, -1, -1, -1]);
  });

  test('an erased cell keeps its background', () => {
    const { screen } = fedScreen('\x1b[44m\x1b[K', { columns: 3, rows: 1 });
    const grid = createGrid(3, 1);
    screen.paint(grid, { x: 0, y: 0, columns: 3, rows: 1, scrolledBack: 0 });
    expect([...grid.background]).toEqual([4, 4, 4]);
  });

  test('a program’s own palette becomes true colour', () => {
    const { screen, feed } = fedScreen('\x1b]4;1;#102030\x07\x1b]11;#010203\x07\x1b[31mr\x1b[32mg', {
      columns: 3,
      rows: 1,
    });
    const grid = createGrid(3, 1);
    const paint = () => screen.paint(grid, { x: 0, y: 0, columns: 3, rows: 1, scrolledBack: 0 });
    paint();
    expect([...grid.foreground]).toEqual([TRUE_COLOR | 0x102030, 2, -1]);
    expect([...grid.background]).toEqual(Array(3).fill(TRUE_COLOR | 0x010203));
    feed('\x1b]104\x07\x1b]111\x07');
    paint();
    expect([...grid.foreground]).toEqual([1, 2, -1]);
  });
});
