import type { TerminalModes } from '../../terminal/modes.ts';
import type { Paintable, PaneLayer } from './layers.ts';
import { firstRow } from './pane-rows.ts';
import { contains, type Rect } from './rect.ts';

/** Where the terminal's cursor has to be, and as what. Undefined is hidden. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  /** DECSCUSR. 0 is the user's own shape. */
  readonly shape: number;
}

/** That of the focused pane, where its program shows it; else the frame's, where a text field has one. */
export function cursorOf(at: {
  readonly pane: PaneLayer | undefined;
  readonly frame: Paintable;
  readonly overlays: readonly Rect[];
}): Cursor | undefined {
  const { pane, frame, overlays } = at;
  if (!pane) {
    const cursor = frame.cursor();
    return cursor.visible ? { x: Math.min(cursor.x, frame.columns - 1), y: cursor.y, shape: 0 } : undefined;
  }
  const { screen, scrolledBack } = pane.content;
  if (!screen) return undefined;
  const cursor = screen.cursor();
  // A cursor that waits to wrap stands behind the last column.
  const x = pane.rect.x + Math.min(cursor.x, screen.columns - 1);
  const y = pane.rect.y + cursor.y - firstRow(screen, pane.rect) + scrolledBack;
  const shown = cursor.visible && contains(pane.rect, { x, y }) && !overlays.some(rect => contains(rect, { x, y }));
  return shown ? { x, y, shape: shapeCode(screen.modes()) } : undefined;
}

const SHAPES = { block: 1, underline: 3, bar: 5 } as const;

function shapeCode(modes: TerminalModes): number {
  if (modes.cursorChosen === false) return 0;
  return SHAPES[modes.cursorShape] + (modes.cursorBlink ? 0 : 1);
}
