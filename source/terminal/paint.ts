import { type CellGrid, createGrid } from './cells.ts';
import type { Colors } from './colors.ts';
import { cellAttributes, cellColor, underlineColor } from './pen.ts';
import { BackgroundFlag, CELL_WORDS, Content, ForegroundFlag } from './xterm-bits.ts';
import type { Core, CoreLine } from './xterm-core.ts';

/** Where on a grid a screen is painted, and which part of it. */
export interface PaintArea {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
  /** Rows above the screen's top to begin at. */
  readonly scrolledBack: number;
  /** First row and column of the screen that is shown, where the area is smaller than the screen. */
  readonly fromRow?: number;
  readonly fromColumn?: number;
  /** Only rows of the screen whose byte here is not 0 (`takeDamage`); the others are left as they are. */
  readonly changed?: Uint8Array;
}

export interface PaintOptions {
  readonly core: Core;
  readonly colors: Colors;
  readonly grid: CellGrid;
  readonly area: PaintArea;
}

/** Strings of single characters, made once: a cell of text costs no allocation. */
const singles: string[] = [];

const BLANK = createGrid(1, 1);

/** Copies cells of the screen into a rectangle of a grid. What lies outside of the screen becomes blank, what outside of the grid is left out. */
export function paint({ core, colors, grid, area }: PaintOptions): void {
  const buffer = core.buffers.active;
  const top = Math.max(0, buffer.ybase - area.scrolledBack) + (area.fromRow ?? 0);
  const from = area.fromColumn ?? 0;
  const columns = Math.min(area.columns, grid.columns - area.x);
  const rows = Math.min(area.rows, grid.rows - area.y);
  for (let row = 0; row < rows; row++) {
    if (area.changed && area.changed[row + (area.fromRow ?? 0)] === 0) continue;
    const target = (area.y + row) * grid.columns + area.x;
    const line = row + (area.fromRow ?? 0) < core.rows ? buffer.lines.get(top + row) : undefined;
    const cells = line ? Math.max(0, Math.min(columns, line.length - from)) : 0;
    if (line) paintLine({ line, from, cells, grid, target });
    if (cells < columns) blank(grid, target + cells, columns - cells);
    if (!colors.untouched) recolor(colors, grid, target, columns);
  }
}

interface LineOptions {
  readonly line: CoreLine;
  readonly from: number;
  readonly cells: number;
  readonly grid: CellGrid;
  readonly target: number;
}

function paintLine({ line, from, cells, grid, target }: LineOptions): void {
  const data = line._data;
  for (let i = 0; i < cells; i++) {
    const x = from + i;
    const at = target + i;
    const content = data[x * CELL_WORDS] ?? 0;
    const fg = data[x * CELL_WORDS + 1] ?? 0;
    const bg = data[x * CELL_WORDS + 2] ?? 0;
    grid.text[at] = cellText(line, x, content);
    grid.width[at] = content >>> Content.widthShift;
    grid.foreground[at] = cellColor(fg);
    grid.background[at] = cellColor(bg);
    if (((fg | bg) & ~0x3ffffff) === 0) {
      grid.attributes[at] = 0;
      grid.underline[at] = -1;
      continue;
    }
    const extended = (bg & BackgroundFlag.extended) !== 0 ? line._extendedAttrs[x] : undefined;
    grid.attributes[at] = cellAttributes(fg, bg, extended);
    grid.underline[at] = (fg & ForegroundFlag.underline) !== 0 ? underlineColor(extended) : -1;
  }
  if (cells === 0) return;
  // A wide character cut in two by the area's edge shows as a blank.
  if (grid.width[target] === 0) blankText(grid, target);
  if (grid.width[target + cells - 1] === 2) blankText(grid, target + cells - 1);
}

export function cellText(line: CoreLine, x: number, content: number): string {
  if ((content & Content.combined) !== 0) return line._combined[x] ?? '';
  const codepoint = content & Content.codepointMask;
  if (codepoint === 0) return '';
  if (codepoint >= 0x10000) return String.fromCodePoint(codepoint);
  const known = singles[codepoint];
  if (known !== undefined) return known;
  const text = String.fromCharCode(codepoint);
  singles[codepoint] = text;
  return text;
}

function blankText(grid: CellGrid, at: number): void {
  grid.text[at] = '';
  grid.width[at] = 1;
}

function blank(grid: CellGrid, from: number, count: number): void {
  for (let at = from; at < from + count; at++) {
    blankText(grid, at);
    grid.foreground[at] = grid.background[at] = grid.underline[at] = -1;
    grid.attributes[at] = BLANK.attributes[0] ?? 0;
  }
}

/** A program's own palette (OSC 4, 10, 11) becomes true colour: the user's terminal keeps its own. */
function recolor(colors: Colors, grid: CellGrid, from: number, count: number): void {
  for (let at = from; at < from + count; at++) {
    grid.foreground[at] = colors.paint(grid.foreground[at] ?? -1, 'foreground');
    grid.background[at] = colors.paint(grid.background[at] ?? -1, 'background');
  }
}
