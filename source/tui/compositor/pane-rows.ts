import type { Paintable } from './layers.ts';
import type { Rect } from './rect.ts';

/**
 * The screen's row that stands at the top of the pane: a screen that is taller than its pane (another client's size) shows its
 * beginning while the cursor is there, else its end, or the rows up to the cursor where that is in neither.
 */
export function firstRow(screen: Paintable, rect: Rect): number {
  const hidden = screen.rows - rect.rows;
  if (hidden <= 0) return 0;
  const { y } = screen.cursor();
  if (y < rect.rows) return 0;
  return y >= hidden ? hidden : y - rect.rows + 1;
}
