import type { IBuffer, Terminal } from '@xterm/headless';

/** What a user sees at a moment. Reads the terminal lazily: use it at once, don't keep it. */
export interface ScreenView {
  readonly columns: number;
  readonly rows: number;
  /** Every row without its trailing blanks. */
  readonly lines: readonly string[];
  readonly text: string;
  readonly cursor: { readonly x: number; readonly y: number };
  has(what: string | RegExp): boolean;
  /** Cell of the first place where a text stands. */
  find(text: string): { readonly x: number; readonly y: number } | undefined;
  cell(x: number, y: number): CellView;
}

export interface CellView {
  readonly text: string;
  readonly width: number;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  /** `default`, a palette number, or `#rrggbb`. */
  readonly foreground: string | number;
  readonly background: string | number;
}

/** The visible screen of a terminal. */
export function viewScreen(terminal: Terminal): ScreenView {
  const buffer = terminal.buffer.active;
  // A row of the alternate screen keeps what a narrower terminal has cut off.
  const lines = readLines(buffer, { from: buffer.baseY, to: buffer.baseY + terminal.rows, columns: terminal.cols });
  const text = lines.join('\n');
  return {
    columns: terminal.cols,
    rows: terminal.rows,
    lines,
    text,
    cursor: { x: buffer.cursorX, y: buffer.cursorY },
    has: what => (typeof what === 'string' ? text.includes(what) : what.test(text)),
    find: wanted => findText(terminal, wanted),
    cell: (x, y) => viewCell(terminal, x, y),
  };
}

/** Rows of a buffer from one line to another, as text. */
export function readLines(
  buffer: IBuffer,
  { from, to, columns }: { readonly from: number; readonly to: number; readonly columns: number },
): string[] {
  const lines: string[] = [];
  for (let y = from; y < to; y++) lines.push(buffer.getLine(y)?.translateToString(true, 0, columns) ?? '');
  return lines;
}

function findText(terminal: Terminal, wanted: string): { x: number; y: number } | undefined {
  const buffer = terminal.buffer.active;
  for (let y = 0; y < terminal.rows; y++) {
    const line = buffer.getLine(buffer.baseY + y);
    const at = line?.translateToString(true).indexOf(wanted) ?? -1;
    if (at === -1) continue;
    // A wide character is one or two units of the text and two cells: count cells up to the place.
    const before = line?.translateToString(true).slice(0, at) ?? '';
    let x = 0;
    for (let seen = ''; seen.length < before.length; x++)
      seen += line?.getCell(x)?.getChars() || (line?.getCell(x)?.getWidth() === 0 ? '' : ' ');
    return { x, y };
  }
  return undefined;
}

function viewCell(terminal: Terminal, x: number, y: number): CellView {
  const buffer = terminal.buffer.active;
  const cell = buffer.getLine(buffer.baseY + y)?.getCell(x);
  if (!cell) throw new Error(`there is no cell ${x},${y} on a screen of ${terminal.cols}x${terminal.rows}`);
  const color = (isDefault: boolean, isRgb: boolean, value: number) =>
    isDefault ? 'default' : isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    foreground: color(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: color(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
  };
}
