import { Attribute, type CellGrid } from '../../terminal/cells.ts';

/** Attributes that show on a cell without a character. */
const SHOWN_ON_BLANK = Attribute.inverse | Attribute.strike | Attribute.overline | Attribute.underlineMask;

/** Whether two cells look the same. Blank ones do whatever the colour of the character that is not there. */
export function sameCell(a: CellGrid, at: number, b: CellGrid, other: number): boolean {
  const attributes = a.attributes[at] ?? 0;
  if (a.background[at] !== b.background[other] || a.width[at] !== b.width[other]) return false;
  if (a.text[at] === b.text[other]) {
    if (
      attributes === b.attributes[other] &&
      a.foreground[at] === b.foreground[other] &&
      a.underline[at] === b.underline[other]
    ) {
      return true;
    }
  } else if (!isBlankText(a.text[at]) || !isBlankText(b.text[other])) return false;
  return isBlankText(a.text[at]) && ((attributes | (b.attributes[other] ?? 0)) & SHOWN_ON_BLANK) === 0;
}

/** The column from which on a row is blank in the default colours to its end. */
export function blankTail(grid: CellGrid, base: number): number {
  let x = grid.columns;
  while (x > 0) {
    const cell = base + x - 1;
    const blank =
      isBlankText(grid.text[cell]) &&
      grid.width[cell] === 1 &&
      grid.background[cell] === -1 &&
      ((grid.attributes[cell] ?? 0) & SHOWN_ON_BLANK) === 0;
    if (!blank) break;
    x--;
  }
  return x;
}

function isBlankText(text: string | undefined): boolean {
  return text === '' || text === ' ';
}
