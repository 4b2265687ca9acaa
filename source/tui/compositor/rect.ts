/** A rectangle of cells; x and y count from 0 at the top left of the terminal. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
}

export function contains(rect: Rect, cell: { readonly x: number; readonly y: number }): boolean {
  return cell.x >= rect.x && cell.y >= rect.y && cell.x < rect.x + rect.columns && cell.y < rect.y + rect.rows;
}

/** The part of a rectangle that lies on a screen of this size. */
export function clip(rect: Rect, size: { readonly columns: number; readonly rows: number }): Rect {
  const x = Math.min(Math.max(rect.x, 0), size.columns);
  const y = Math.min(Math.max(rect.y, 0), size.rows);
  const columns = Math.max(0, Math.min(rect.x + rect.columns, size.columns) - x);
  const rows = Math.max(0, Math.min(rect.y + rect.rows, size.rows) - y);
  return { x, y, columns, rows };
}

export function sameRect(a: Rect, b: Rect | undefined): boolean {
  return a.x === b?.x && a.y === b.y && a.columns === b.columns && a.rows === b.rows;
}
