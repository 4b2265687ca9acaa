import type { CellGrid } from './cells.ts';
import { formatSgr } from './format-sgr.ts';

/** The rows of a grid as text with its colours (SGR), each by itself: printed one below the other a terminal shows the same. */
export function drawRows(grid: CellGrid): readonly string[] {
  return Array.from({ length: grid.rows }, (_, y) => drawRow(grid, y * grid.columns));
}

function drawRow(grid: CellGrid, from: number): string {
  const end = usedLength(grid, from);
  let row = '';
  let pen = DEFAULT;
  for (let at = from; at < end; at++) {
    // The right half of a wide character.
    if (grid.width[at] === 0) continue;
    const next = penAt(grid, at);
    if (next !== pen) row += `\x1b[${next}m`;
    pen = next;
    row += grid.text[at] || ' ';
  }
  return pen === DEFAULT ? row : `${row}\x1b[0m`;
}

const DEFAULT = '0';

/** Blanks in default colours at the end say nothing. */
function usedLength(grid: CellGrid, from: number): number {
  let end = from + grid.columns;
  while (
    end > from &&
    (grid.text[end - 1] ?? '').trim() === '' &&
    grid.width[end - 1] !== 0 &&
    penAt(grid, end - 1) === DEFAULT
  )
    end--;
  return end;
}

function penAt(grid: CellGrid, at: number): string {
  return formatSgr({
    foreground: grid.foreground[at] ?? -1,
    background: grid.background[at] ?? -1,
    underline: grid.underline[at] ?? -1,
    attributes: grid.attributes[at] ?? 0,
  });
}
