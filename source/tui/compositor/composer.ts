import { type CellGrid, createGrid } from '../../terminal/cells.ts';
import { mendBoundary, mendRow } from './edges.ts';
import type { Layers, Paintable, PaneLayer } from './layers.ts';
import { firstRow } from './pane-rows.ts';
import { clip, type Rect } from './rect.ts';
import { copyCells } from './row-writer.ts';

/** What of a pane has been painted: where any of it differs, all of the pane is painted anew. */
interface Painted {
  screen: Paintable | undefined;
  scrolledBack: number;
  firstRow: number;
  /** Since when its program has been in the middle of a frame that is not shown. */
  heldSince: number | undefined;
  held: boolean;
}

/**
 * How long a program may take for a frame (DEC 2026) before what there is of it is shown, milliseconds. One that draws without a
 * pause is always in the middle of one when we look: it still gets 15 frames a second.
 */
const LONGEST_HOLD = 64;

/** Lays panes over the frame, row by row, and only the rows that changed. */
export class Composer {
  readonly grid: CellGrid;
  readonly #frameGrid: CellGrid;
  readonly #frame: Paintable;
  readonly #dirty: Uint8Array;
  #layers: Layers = { panes: [], overlays: [] };
  #painted = new Map<PaneLayer, Painted>();
  #all = true;

  constructor(frame: Paintable, size: { readonly columns: number; readonly rows: number }) {
    this.grid = createGrid(size.columns, size.rows);
    this.#frameGrid = createGrid(size.columns, size.rows);
    this.#frame = frame;
    this.#dirty = new Uint8Array(size.rows);
  }

  setLayers(layers: Layers): void {
    const { columns, rows } = this.grid;
    this.#layers = {
      panes: layers.panes.map(pane => ({ ...pane, rect: clip(pane.rect, { columns, rows }) })),
      overlays: layers.overlays.map(rect => clip(rect, { columns, rows })),
    };
    this.#painted.clear();
    this.#all = true;
  }

  get layers(): Layers {
    return this.#layers;
  }

  /** When a pane that is held back has to be shown; undefined when none is. */
  heldUntil: number | undefined;

  isHeld(pane: PaneLayer): boolean {
    return this.#painted.get(pane)?.held ?? false;
  }

  /** Brings the grid up to date. The rows that may have changed are not 0 in what it returns, until the next call. */
  compose(now: number): Uint8Array {
    const dirty = this.#dirty.fill(0);
    const all = this.#all;
    this.#all = false;
    this.heldUntil = undefined;
    this.#takeFrame(dirty, all);
    for (const pane of this.#layers.panes) if (all || !this.#holds(pane, now)) this.#takePane(dirty, pane);
    for (let y = 0; y < dirty.length; y++) if (dirty[y]) this.#composeRow(y);
    return dirty;
  }

  #takeFrame(dirty: Uint8Array, all: boolean): void {
    // A frame of another size than the terminal's is on its way to this one.
    const columns = Math.min(this.grid.columns, this.#frame.columns);
    const rows = Math.min(this.grid.rows, this.#frame.rows);
    const damage = this.#frame.takeDamage();
    if (all || damage.all) {
      this.#frame.paint(this.#frameGrid, { x: 0, y: 0, columns, rows, scrolledBack: 0, fromRow: 0 });
      dirty.fill(1);
      return;
    }
    for (let y = 0; y < rows; y++) {
      if (!damage.rows[y]) continue;
      paintRow(this.#frame, this.#frameGrid, { x: 0, y, columns, row: y, scrolledBack: 0 });
      dirty[y] = 1;
    }
  }

  /** Whether the pane keeps what it shows, because its program is in the middle of a frame. */
  #holds(pane: PaneLayer, now: number): boolean {
    const painted = this.#painted.get(pane);
    const { screen } = pane.content;
    if (!painted) return false;
    painted.held = false;
    if (painted.screen !== screen || !screen?.synchronizing) {
      painted.heldSince = undefined;
      return false;
    }
    painted.heldSince ??= now;
    const until = painted.heldSince + LONGEST_HOLD;
    if (until <= now) {
      painted.heldSince = undefined;
      return false;
    }
    painted.held = true;
    this.heldUntil = Math.min(until, this.heldUntil ?? until);
    return true;
  }

  #takePane(dirty: Uint8Array, pane: PaneLayer): void {
    const { rect, content } = pane;
    const { screen, scrolledBack } = content;
    const painted = this.#painted.get(pane) ?? {
      screen: undefined,
      scrolledBack: 0,
      firstRow: 0,
      heldSince: undefined,
      held: false,
    };
    this.#painted.set(pane, painted);
    const damage = screen?.takeDamage();
    const first = screen ? firstRow(screen, rect) : 0;
    // A view that is scrolled back moves with every row that the program adds.
    const moved =
      damage?.all ||
      scrolledBack > 0 ||
      painted.screen !== screen ||
      painted.scrolledBack !== scrolledBack ||
      painted.firstRow !== first;
    painted.screen = screen;
    painted.scrolledBack = scrolledBack;
    painted.firstRow = first;
    for (let row = 0; row < rect.rows; row++) {
      if (moved || damage?.rows[first + row]) dirty[rect.y + row] = 1;
    }
  }

  #composeRow(y: number): void {
    const { columns } = this.grid;
    copyCells(this.#frameGrid, this.grid, y * columns, (y + 1) * columns);
    for (const pane of this.#layers.panes) if (hasRow(pane.rect, y)) this.#paneRow(pane, y);
    for (const rect of this.#layers.overlays) {
      if (!hasRow(rect, y)) continue;
      const begin = y * columns + rect.x;
      copyCells(this.#frameGrid, this.grid, begin, begin + rect.columns);
      mendBoundary(this.grid, y, rect.x);
      mendBoundary(this.grid, y, rect.x + rect.columns);
    }
    mendRow(this.grid, y);
  }

  #paneRow(pane: PaneLayer, y: number): void {
    const { rect, content } = pane;
    const { screen, scrolledBack } = content;
    if (!screen) return;
    const columns = Math.min(rect.columns, screen.columns);
    const row = y - rect.y + firstRow(screen, rect);
    if (row >= screen.rows) return;
    paintRow(screen, this.grid, { x: rect.x, y, columns, row, scrolledBack });
  }
}

function paintRow(
  screen: Paintable,
  grid: CellGrid,
  at: {
    readonly x: number;
    readonly y: number;
    readonly columns: number;
    readonly row: number;
    readonly scrolledBack: number;
  },
): void {
  const { x, y, columns, row, scrolledBack } = at;
  screen.paint(grid, { x, y, columns, rows: 1, scrolledBack, fromRow: row });
}

function hasRow(rect: Rect, y: number): boolean {
  return y >= rect.y && y < rect.y + rect.rows;
}
