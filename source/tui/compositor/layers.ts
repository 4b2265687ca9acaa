import type { CellGrid } from '../../terminal/cells.ts';
import type { TerminalModes } from '../../terminal/modes.ts';
import { type Rect, sameRect } from './rect.ts';

/** The part of a `Screen` that the compositor needs: `terminal/screen.ts` fits as it is. */
export interface Paintable {
  readonly columns: number;
  readonly rows: number;
  cursor(): { readonly x: number; readonly y: number; readonly visible: boolean };
  modes(): TerminalModes;
  /** The program is in the middle of a frame of its own. */
  readonly synchronizing: boolean;
  /** Copies rows of the viewport, so many rows scrolled back, from `fromRow` on into the rectangle. A wide character that its edge cuts is left blank. */
  paint(grid: CellGrid, at: Rect & { readonly scrolledBack: number; readonly fromRow: number }): void;
  /** What has changed since the last call. The compositor is the only one that asks. */
  takeDamage(): Damage;
}

export interface Damage {
  readonly all: boolean;
  /** One for each row of the screen, not 0 where a cell changed. */
  readonly rows: Uint8Array;
  readonly cursor: boolean;
}

/** What stands in a pane; read anew for each frame, so a `PaneView` is one as it is. */
export interface PaneContent {
  /** Undefined until there is something to show: the frame shows through. */
  readonly screen: Paintable | undefined;
  /** Rows that the user has scrolled up; 0 follows the program. */
  readonly scrolledBack: number;
}

/** A pane laid over the frame. */
export interface PaneLayer {
  readonly rect: Rect;
  readonly content: PaneContent;
  /** Has the keys and the cursor. At most one is. */
  readonly focused: boolean;
}

/** All that is laid over the frame. */
export interface Layers {
  readonly panes: readonly PaneLayer[];
  /** Places where the frame stands above the panes: questions, help, the palette. */
  readonly overlays: readonly Rect[];
}

export function sameLayers(a: Layers, b: Layers): boolean {
  return (
    a.panes.length === b.panes.length &&
    a.overlays.length === b.overlays.length &&
    a.panes.every((pane, index) => samePane(pane, b.panes[index])) &&
    a.overlays.every((rect, index) => sameRect(rect, b.overlays[index]))
  );
}

function samePane(a: PaneLayer, b: PaneLayer | undefined): boolean {
  return a.content === b?.content && a.focused === b.focused && sameRect(a.rect, b.rect);
}
