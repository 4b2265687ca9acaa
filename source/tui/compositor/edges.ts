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

function blankHalf(grid: CellGrid, cell: number, width: 0 | 2): void {
  if (grid.width[cell] !== width) return;
  grid.text[cell] = '';
  grid.width[cell] = 1;
}
