import { cellWidth, graphemes, graphemeWidth, isInsideGrapheme } from '../../text/width.ts';
import { type Editor, lineStartAt } from './editor.ts';

export interface Row {
  readonly text: string;
  /** Its first character's place in the whole text. */
  readonly start: number;
}

/**
 * The rows around the cursor of a text that is broken into rows: as many as are asked for, those above its row before those
 * below. The rest of the text is not looked at: what a key costs must not grow with it.
 */
export function rowsAround(
  { text, cursor }: Editor,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Row[] {
  const own = pieceAt(text, cursor);
  let broken = breakRows(text, own, columns);
  const above = () => broken.filter(row => row.start <= cursor).length;
  for (let first = own; first.from > 0 && above() < rows; ) {
    first = pieceAt(text, first.from - 1);
    broken = [...breakRows(text, first, columns), ...broken];
  }
  for (let last = own; last.next <= text.length && broken.length < rows; ) {
    last = pieceAt(text, last.next);
    broken = [...broken, ...breakRows(text, last, columns)];
  }
  return broken;
}

/** The place in the row above (-1) or below (1) the cursor's; undefined: there is none. */
export function inNextRow(editor: Editor, columns: number, by: -1 | 1): number | undefined {
  const { text, cursor } = editor;
  const own = pieceAt(text, cursor);
  const neighbour = by === -1 ? own.from - 1 : own.next;
  const other = neighbour < 0 || neighbour > text.length ? [] : breakRows(text, pieceAt(text, neighbour), columns);
  const rows = by === -1 ? [...other, ...breakRows(text, own, columns)] : [...breakRows(text, own, columns), ...other];
  const at = rows.findLastIndex(row => row.start <= cursor);
  const from = rows[at];
  const to = rows[at + by];
  if (!from || !to) return undefined;
  const cells = cellWidth(text.slice(from.start, cursor));
  const end = to.start + to.text.length;
  // Where a long line is broken, the end of a row is the beginning of the next one.
  return to.start + placeAt(to.text, cells, end < text.length && text[end] !== '\n');
}

/** The last place in a row that lies at most so many cells from its beginning. */
function placeAt(row: string, cells: number, beforeEnd: boolean): number {
  let place = 0;
  let width = 0;
  for (const { segment, index } of graphemes(row)) {
    place = index;
    width += graphemeWidth(segment);
    if (width > cells) return place;
  }
  return beforeEnd ? place : row.length;
}

/** A line, or a part of a long one. */
interface Piece {
  readonly from: number;
  readonly to: number;
  /** Where the next one begins; beyond the text's end: this is the last one. */
  readonly next: number;
}

/** Where a row ends depends on all of its line before it, so a line that is longer than this, code units, is broken here anyway. */
const PIECE = 4096;

function pieceAt(text: string, at: number): Piece {
  const start = lineStartAt(text, at);
  const nextBreak = text.indexOf('\n', at);
  const end = nextBreak === -1 ? text.length : nextBreak;
  const seam = (count: number) => (count === 0 ? start : Math.min(end, outsideGrapheme(text, start + count * PIECE)));
  let count = Math.floor((at - start) / PIECE);
  if (count > 0 && (seam(count) > at || seam(count) === end)) count--;
  const to = seam(count + 1);
  return { from: seam(count), to, next: to < end ? to : end + 1 };
}

function outsideGrapheme(text: string, at: number): number {
  let place = at;
  while (place < text.length && isInsideGrapheme(text, place)) place++;
  return place;
}

/** The last cell of each row is kept free for the cursor. */
function breakRows(text: string, { from, to }: Piece, columns: number): readonly Row[] {
  const piece = text.slice(from, to);
  const rows: Row[] = [];
  let start = 0;
  let cells = 0;
  for (const { segment, index } of graphemes(piece)) {
    const width = graphemeWidth(segment);
    if (cells + width > columns - 1 && index > start) {
      rows.push({ text: piece.slice(start, index), start: from + start });
      start = index;
      cells = 0;
    }
    cells += width;
  }
  return [...rows, { text: piece.slice(start), start: from + start }];
}
