/** Cells of a screen as parallel arrays, row after row: what the compositor lays over one another and compares. */
export interface CellGrid {
  readonly columns: number;
  readonly rows: number;
  /** The character of each cell with its combining marks; '' for an empty cell and for the right half of a wide one. */
  readonly text: string[];
  /** 1, 2 for a wide character, 0 for the right half of one. */
  readonly width: Uint8Array;
  /** A colour: -1 the default, 0–255 the palette, `TRUE_COLOR | rgb` else. */
  readonly foreground: Int32Array;
  readonly background: Int32Array;
  /** Colour of the underline, in the same form; -1 follows the foreground. */
  readonly underline: Int32Array;
  /** Bits of `Attribute`. */
  readonly attributes: Uint16Array;
}

/** Marks a colour as 24-bit RGB. */
export const TRUE_COLOR = 0x1000000;

/** Bits of a cell's attributes. The underline's style has three bits: 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
export const Attribute = {
  bold: 1,
  dim: 2,
  italic: 4,
  blink: 8,
  inverse: 16,
  invisible: 32,
  strike: 64,
  overline: 128,
  underlineShift: 8,
  underlineMask: 7 << 8,
} as const;

/** A grid of empty cells in default colours. */
export function createGrid(columns: number, rows: number): CellGrid {
  const size = columns * rows;
  return {
    columns,
    rows,
    text: new Array<string>(size).fill(''),
    width: new Uint8Array(size).fill(1),
    foreground: new Int32Array(size).fill(-1),
    background: new Int32Array(size).fill(-1),
    underline: new Int32Array(size).fill(-1),
    attributes: new Uint16Array(size),
  };
}
