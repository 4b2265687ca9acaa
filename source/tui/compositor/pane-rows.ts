import type { Paintable } from './layers.ts';
import type { Rect } from './rect.ts';

/**
 * The screen's row that stands at the top of the pane: a screen that is taller than its pane (another client's size) shows its
 * beginning while the cursor is there, else its end.
 */
export function firstRow(screen: Paintable, rect: Rect): number {
  const hidden = screen.rows - rect.rows;
  return hidden > 0 && screen.cursor().y >= rect.rows ? hidden : 0;
}
