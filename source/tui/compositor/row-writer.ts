import type { CellGrid } from '../../terminal/cells.ts';
import type { ColorDepth } from '../theme.ts';
import { isDoubtful, isSurelyWide, safeText } from './cell-text.ts';
import { copyPen, type Pen, penChange, plainPen, readPen } from './pen.ts';
import { blankTail, sameCell } from './same-cell.ts';
import { type Scroll, scrollGrid } from './scroll.ts';

/** Cells that did not change are written again rather than jumped over where the jump is longer: CSI n C has four bytes. */
const SHORTEST_JUMP = 5;

/** Blank cells at a row's end that are worth an erase (with its colour reset). */
const SHORTEST_ERASE = 6;

/** Turns the difference of two grids into the bytes that make the terminal show it. Knows where its cursor and pen are. */
export class RowWriter {
  readonly #depth: ColorDepth;
  #out = '';
  /** -1: nobody knows. */
  #x = -1;
  #y = -1;
  readonly #pen: Pen = plainPen();
  readonly #wanted: Pen = plainPen();
  /** A cell of the row that has to be written though it did not change; -1 for none. */
  #forced = -1;

  constructor(depth: ColorDepth) {
    this.#depth = depth;
  }

  /** What has been written since the last call. The pen is put down, so that nothing that follows is coloured by chance. */
  take(): string {
    this.#penTo(PLAIN);
    const out = this.#out;
    this.#out = '';
    return out;
  }

  /** The terminal's cursor and pen are no longer where they were left. */
  forget(): void {
    this.#x = -1;
    this.#y = -1;
    copyPen(PLAIN, this.#pen);
    this.#out = '\x1b[m';
  }

  moveTo(x: number, y: number): void {
    if (this.#x === x && this.#y === y) return;
    const ahead = x - this.#x;
    if (this.#y === y && this.#x >= 0 && ahead > 0) this.#out += ahead === 1 ? '\x1b[C' : `\x1b[${ahead}C`;
    else if (x === 0) this.#out += y === 0 ? '\x1b[H' : `\x1b[${y + 1}H`;
    else this.#out += `\x1b[${y + 1};${x + 1}H`;
    this.#x = x;
    this.#y = y;
  }

  /** Moves rows of the terminal up, and `shown` along. The pen is down: what comes in is blank. */
  scroll(scroll: Scroll, shown: CellGrid): void {
    this.#penTo(PLAIN);
    this.#out += `\x1b[${scroll.top + 1};${scroll.bottom + 1}r\x1b[${scroll.rows}S\x1b[r`;
    this.#x = -1;
    this.#y = -1;
    scrollGrid(shown, scroll);
  }

  /** Brings one row of the terminal from `shown` to `wanted`, and `shown` along. `all`: what is shown is not known. */
  row(y: number, wanted: CellGrid, shown: CellGrid, all: boolean): void {
    const { columns } = wanted;
    const base = y * columns;
    let last = columns - 1;
    if (!all) while (last >= 0 && sameCell(wanted, base + last, shown, base + last)) last--;
    const blankFrom = blankTail(wanted, base);
    const erase = last >= blankFrom && columns - blankFrom >= SHORTEST_ERASE;
    const end = erase ? blankFrom - 1 : last;
    let x = 0;
    this.#forced = -1;
    while (x <= end || x === this.#forced) {
      if (!all && x !== this.#forced && sameCell(wanted, base + x, shown, base + x)) x++;
      // The left half has to be written to change a wide character.
      else x = this.#run({ y, x: wanted.width[base + x] === 0 && x > 0 ? x - 1 : x, end, wanted, shown, all });
    }
    if (erase) {
      this.moveTo(blankFrom, y);
      this.#penTo(PLAIN);
      this.#out += '\x1b[K';
    }
    if (last >= 0) copyCells(wanted, shown, base, base + columns);
  }

  /** Writes cells from `x` on until a stretch that did not change is long enough to be jumped over; the next x to look at. */
  #run(run: Run): number {
    const { y, end, wanted, shown, all } = run;
    const base = y * wanted.columns;
    let { x } = run;
    for (; x <= end || x === this.#forced; x++) {
      const cell = base + x;
      const half = wanted.width[cell] === 0;
      const same = !all && x !== run.x && x !== this.#forced && !half && sameCell(wanted, cell, shown, cell);
      if (same && !changesSoon(run, x)) return x + 1;
      if (half) continue;
      if (x > run.x && this.#x === x && x + 1 < wanted.columns && continuesPlainly(wanted, cell)) {
        this.#out += wanted.text[cell] || ' ';
        this.#x = x + 1;
      } else this.#cell(wanted, cell, { x, y });
    }
    return x;
  }

  #cell(grid: CellGrid, cell: number, at: { readonly x: number; readonly y: number }): void {
    this.moveTo(at.x, at.y);
    readPen(this.#wanted, grid, cell, this.#depth);
    this.#penTo(this.#wanted);
    const text = grid.text[cell] ?? '';
    const wide = grid.width[cell] === 2;
    const doubtful = wide || isDoubtful(text);
    if (!doubtful) {
      this.#out += safeText(text);
      this.#x++;
    } else {
      // Where the terminal thinks it narrower than we do, its right half would keep what stood there.
      if (wide && !isSurelyWide(text)) this.#out += `  \x1b[${at.y + 1};${at.x + 1}H`;
      this.#out += safeText(text);
      this.#x = -1;
      // Where it thinks it wider, what stood behind it is gone.
      if (!isSurelyWide(text) && at.x + (wide ? 2 : 1) < grid.columns) this.#forced = at.x + (wide ? 2 : 1);
    }
    // In the last column the cursor waits to wrap: no terminal says the same about where that is.
    if (at.x + (wide ? 2 : 1) >= grid.columns) this.#x = -1;
  }

  #penTo(pen: Readonly<Pen>): void {
    const change = penChange(this.#pen, pen);
    if (change === '') return;
    this.#out += change;
    copyPen(pen, this.#pen);
  }
}

const PLAIN: Readonly<Pen> = plainPen();

interface Run {
  readonly y: number;
  readonly x: number;
  readonly end: number;
  readonly wanted: CellGrid;
  readonly shown: CellGrid;
  readonly all: boolean;
}

/** Whether a change follows before the shortest jump, so that writing on is shorter. */
function changesSoon({ y, end, wanted, shown }: Run, x: number): boolean {
  const base = y * wanted.columns;
  for (let ahead = 1; ahead < SHORTEST_JUMP && x + ahead <= end; ahead++) {
    const cell = base + x + ahead;
    if (!sameCell(wanted, cell, shown, cell)) return true;
  }
  return false;
}

/** Most cells: ASCII in the pen of the cell before. */
function continuesPlainly(grid: CellGrid, cell: number): boolean {
  const text = grid.text[cell] ?? '';
  const code = text.length === 1 ? text.charCodeAt(0) : 0x20;
  return (
    text.length <= 1 &&
    code >= 0x20 &&
    code < 0x7f &&
    grid.width[cell] === 1 &&
    grid.foreground[cell] === grid.foreground[cell - 1] &&
    grid.background[cell] === grid.background[cell - 1] &&
    grid.attributes[cell] === grid.attributes[cell - 1] &&
    grid.underline[cell] === grid.underline[cell - 1]
  );
}

export function copyCells(from: CellGrid, to: CellGrid, begin: number, end: number): void {
  for (let cell = begin; cell < end; cell++) to.text[cell] = from.text[cell] ?? '';
  to.width.set(from.width.subarray(begin, end), begin);
  to.foreground.set(from.foreground.subarray(begin, end), begin);
  to.background.set(from.background.subarray(begin, end), begin);
  to.underline.set(from.underline.subarray(begin, end), begin);
  to.attributes.set(from.attributes.subarray(begin, end), begin);
}
