import type { CellGrid } from '../../terminal/cells.ts';

/**
 * Blanks the halves of wide characters that a boundary between two layers has cut: `x` is the first column behind it. What lies
 * on both sides may look like one whole character, so it is not the cells that tell, but the boundary.
 */
export function mendBoundary(grid: CellGrid, y: number, x: number): void {
  if (x <= 0 || x >= grid.columns) {
    if (x === grid.columns) blankHalf(grid, y * grid.columns + x - 1, 2);
    return;
  }
  const cell = y * grid.columns + x;
  blankHalf(grid, cell - 1, 2);
  blankHalf(grid, cell, 0);
}

/** Blanks halves that stand alone: a screen whose rows were shifted or cut may have them, and a terminal makes of them what it likes. */
export function mendRow(grid: CellGrid, y: number): void {
  const end = (y + 1) * grid.columns;
  for (let cell = y * grid.columns; cell < end; cell++) {
    if (grid.width[cell] === 1) continue;
    if (grid.width[cell] === 2 && cell + 1 < end && grid.width[cell + 1] === 0) cell++;
    else blankHalf(grid, cell, grid.width[cell] === 2 ? 2 : 0);
  }
}

function blankHalf(grid: CellGrid, cell: number, width: 0 | 2): void {
  if (grid.width[cell] !== width) return;
  grid.text[cell] = '';
  grid.width[cell] = 1;
}
