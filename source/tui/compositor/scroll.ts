import type { CellGrid } from '../../terminal/cells.ts';
import { sameCell } from './same-cell.ts';

/** Rows `top` to `bottom` of the terminal have moved up by so many. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly rows: number;
}

/** Fewer rows that stay are written as fast as they are moved. */
const FEWEST_ROWS = 4;

/**
 * How the rows of a stretch of the screen have scrolled up, where most of it only moved: the terminal can do that by itself, and
 * a line on a slow network then costs a row and not a screen. Only for whole rows: margins at the sides are not known everywhere.
 */
export function findScroll(wanted: CellGrid, shown: CellGrid, top: number, bottom: number): Scroll | undefined {
  const first = firstRowToFind(wanted, top, bottom);
  if (first === undefined || sameRow(wanted, first, shown, first)) return undefined;
  for (let rows = 1; first + rows <= bottom; rows++) {
    if (!sameRow(wanted, first, shown, first + rows)) continue;
    let last = first;
    while (last + rows < bottom && sameRow(wanted, last + 1, shown, last + 1 + rows)) last++;
    const moved = last - first + 1;
    if (moved >= FEWEST_ROWS && moved * 2 > bottom - top) return { top: first, bottom: last + rows, rows };
  }
  return undefined;
}

/** Does to a grid what the terminal does: rows that come in are blank. */
export function scrollGrid(grid: CellGrid, { top, bottom, rows }: Scroll): void {
  const { columns } = grid;
  const from = (top + rows) * columns;
  const end = (bottom + 1) * columns;
  const blankFrom = end - rows * columns;
  grid.text.copyWithin(top * columns, from, end).fill('', blankFrom, end);
  grid.width.copyWithin(top * columns, from, end).fill(1, blankFrom, end);
  grid.foreground.copyWithin(top * columns, from, end).fill(-1, blankFrom, end);
  grid.background.copyWithin(top * columns, from, end).fill(-1, blankFrom, end);
  grid.underline.copyWithin(top * columns, from, end).fill(-1, blankFrom, end);
  grid.attributes.copyWithin(top * columns, from, end).fill(0, blankFrom, end);
}

/** The first row that can be told from others: blank ones look alike. */
function firstRowToFind(grid: CellGrid, top: number, bottom: number): number | undefined {
  for (let y = top; y <= bottom - FEWEST_ROWS; y++) {
    for (let cell = y * grid.columns; cell < (y + 1) * grid.columns; cell++) {
      const text = grid.text[cell];
      if (text !== '' && text !== ' ') return y;
    }
  }
  return undefined;
}

function sameRow(a: CellGrid, y: number, b: CellGrid, other: number): boolean {
  for (let x = 0; x < a.columns; x++) {
    if (!sameCell(a, y * a.columns + x, b, other * a.columns + x)) return false;
  }
  return true;
}
