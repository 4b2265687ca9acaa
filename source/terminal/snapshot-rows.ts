import type { ByteSink } from './byte-sink.ts';
import { formatSgr } from './format-sgr.ts';
import { cellText } from './paint.ts';
import { pen } from './pen.ts';
import { formatLink, operation } from './snapshot-operation.ts';
import type { TerminalState } from './terminal-state.ts';
import { BackgroundFlag, CELL_WORDS, Color, Content } from './xterm-bits.ts';
import type { CoreBuffer, CoreExtended, CoreLine } from './xterm-core.ts';

/** Writes rows from the cursor on, from the top left of an empty screen, and knows the pen that the reader then has. */
export class RowWriter {
  readonly #state: TerminalState;
  readonly #sink: ByteSink;
  #fg = 0;
  #bg = 0;
  #extended: CoreExtended | undefined;
  #link = 0;
  readonly #sgrs = new Map<number, Map<number, string>>();
  /** What xterm's parser remembers of the character printed last: the next one may join it. 0 after any sequence. */
  #join = 0;

  constructor(state: TerminalState, sink: ByteSink) {
    this.#state = state;
    this.#sink = sink;
  }

  /** All rows of a buffer from an absolute one on. */
  write(buffer: CoreBuffer, from: number): void {
    const wrapped: number[] = [];
    for (let y = from; y < buffer.lines.length; y++) {
      const line = buffer.lines.get(y);
      if (!line) continue;
      if (y > from) this.#nextRow();
      if (line.isWrapped) wrapped.push(y - from);
      this.#row(line);
    }
    if (wrapped.length > 0) this.#sink.ascii(operation('wrapped', [ranges(wrapped)]));
  }

  /** Back to the pen of a fresh screen. */
  reset(): void {
    if (this.#fg !== 0 || this.#bg !== 0) this.#sink.ascii('\x1b[m');
    if ((this.#bg & BackgroundFlag.protected) !== 0) this.#sink.ascii('\x1b[0"q');
    if (this.#link !== 0) this.#sink.ascii('\x1b]8;;\x1b\\');
    this.#fg = this.#bg = this.#link = this.#join = 0;
    this.#extended = undefined;
  }

  #nextRow(): void {
    // A row that scrolls in takes the pen's background.
    if ((this.#bg & Color.modeMask) !== 0) this.reset();
    this.#sink.ascii('\r\n');
    this.#join = 0;
  }

  #row(line: CoreLine): void {
    const data = line._data;
    const end = usedLength(line);
    for (let x = 0; x < end; ) {
      const content = data[x * CELL_WORDS] ?? 0;
      const fg = data[x * CELL_WORDS + 1] ?? 0;
      const bg = data[x * CELL_WORDS + 2] ?? 0;
      const extended = (bg & BackgroundFlag.extended) !== 0 ? line._extendedAttrs[x] : undefined;
      const width = content >>> Content.widthShift;
      const isEmpty = (content & Content.hasContent) === 0;
      if (isEmpty && width === 1) {
        x += this.#emptyCells(line, x);
        continue;
      }
      if (fg !== this.#fg || bg !== this.#bg || extended !== this.#extended) this.#setPen(fg, bg, extended);
      if (isEmpty || width === 0 || !this.#print(line, x, content)) {
        this.#sink.ascii(operation('cell', [width, Buffer.from(cellText(line, x, content)).toString('hex')]));
        this.#join = 0;
        x++;
        continue;
      }
      x += width;
    }
  }

  /** Empty cells of the same look; gives how many. They are skipped, erased, or, if an erasure could not make them, said. */
  #emptyCells(line: CoreLine, from: number): number {
    const data = line._data;
    const fg = data[from * CELL_WORDS + 1] ?? 0;
    const bg = data[from * CELL_WORDS + 2] ?? 0;
    const extended = (bg & BackgroundFlag.extended) !== 0 ? line._extendedAttrs[from] : undefined;
    let count = 1;
    for (let x = from + 1; x < line.length; x++, count++) {
      const content = data[x * CELL_WORDS] ?? 0;
      if ((content & Content.hasContent) !== 0 || content >>> Content.widthShift !== 1) break;
      if (data[x * CELL_WORDS + 1] !== fg || data[x * CELL_WORDS + 2] !== bg) break;
      if (extended && line._extendedAttrs[x] !== extended) break;
    }
    if (fg !== 0 || bg !== 0) {
      if (fg !== this.#fg || bg !== this.#bg || extended !== this.#extended) this.#setPen(fg, bg, extended);
      if ((fg & ~0x3ffffff) !== 0 || (fg & Color.modeMask) !== 0 || (bg & ~0x3ffffff) !== 0) {
        this.#sink.ascii(operation('cells', [count]));
        this.#join = 0;
        return count;
      }
      this.#sink.ascii(`\x1b[${count}X`);
    }
    if (from + count < line.length) this.#sink.ascii(`\x1b[${count}C`);
    this.#join = 0;
    return count;
  }

  #setPen(fg: number, bg: number, extended: CoreExtended | undefined): void {
    const isProtected = (bg & BackgroundFlag.protected) !== 0;
    if (isProtected !== ((this.#bg & BackgroundFlag.protected) !== 0))
      this.#sink.ascii(isProtected ? '\x1b[1"q' : '\x1b[0"q');
    this.#sink.ascii(this.#sgr(fg, bg, extended));
    const link = extended?._urlId ?? 0;
    if (link !== this.#link) {
      this.#sink.utf8(formatLink(this.#state.links.get(link)));
      this.#link = link;
    }
    this.#fg = fg;
    this.#bg = bg;
    this.#extended = extended;
    this.#join = 0;
  }

  /** A screen has few looks, each many times. */
  #sgr(fg: number, bg: number, extended: CoreExtended | undefined): string {
    if (extended) return `\x1b[${formatSgr(pen({ fg, bg, extended }))}m`;
    let byBackground = this.#sgrs.get(fg);
    if (!byBackground) {
      byBackground = new Map();
      this.#sgrs.set(fg, byBackground);
    }
    let sgr = byBackground.get(bg);
    if (sgr === undefined) {
      sgr = `\x1b[${formatSgr(pen({ fg, bg, extended: NONE }))}m`;
      byBackground.set(bg, sgr);
    }
    return sgr;
  }

  /** Prints a cell if printing gives this very cell; else nothing is written. */
  #print(line: CoreLine, x: number, content: number): boolean {
    const width = content >>> Content.widthShift;
    if (width === 2 && !isRightHalf(line, x + 1)) return false;
    // Printing right behind a left half would erase it.
    if (x > 0 && (line._data[(x - 1) * CELL_WORDS] ?? 0) >>> Content.widthShift === 2) return false;
    const widths = this.#state.core.unicodeService;
    const first =
      (content & Content.combined) !== 0 ? (line._combined[x]?.codePointAt(0) ?? 0) : content & Content.codepointMask;
    let join = widths.charProperties(first, this.#join);
    const joins = (join & 1) !== 0;
    if (joins) join = widths.charProperties(first, 0);
    const rest = (content & Content.combined) !== 0 ? (line._combined[x] ?? '').slice(first > 0xffff ? 2 : 1) : '';
    for (const mark of rest) {
      join = widths.charProperties(mark.codePointAt(0) ?? 0, join);
      if ((join & 1) === 0) return false;
    }
    if (((join >> 1) & 3) !== width || first < 0x20) return false;
    // NUL does nothing but keep the character from joining the one before.
    if (joins) this.#sink.codepoint(0);
    this.#sink.codepoint(first);
    if (rest !== '') this.#sink.utf8(rest);
    this.#join = join;
    return true;
  }
}

const NONE: CoreExtended = { _ext: 0, _urlId: 0, clone: () => NONE };

/** The right half of a wide character as printing makes it: nothing in it, and the left one's attributes. */
function isRightHalf(line: CoreLine, x: number): boolean {
  const data = line._data;
  const at = x * CELL_WORDS;
  if (x >= line.length || ((data[at] ?? 0) & Content.hasContent) !== 0 || (data[at] ?? 0) >>> Content.widthShift !== 0)
    return false;
  return data[at + 1] === data[at - 2] && data[at + 2] === data[at - 1];
}

/** Without the cells at the end that are as on a fresh screen. */
function usedLength(line: CoreLine): number {
  const data = line._data;
  let end = line.length;
  while (end > 0) {
    const at = (end - 1) * CELL_WORDS;
    if (data[at + 1] !== 0 || data[at + 2] !== 0 || data[at] !== 1 << Content.widthShift) break;
    end--;
  }
  return end;
}

/** `3,7-9`. */
function ranges(rows: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < rows.length; ) {
    const first = rows[i] ?? 0;
    let last = first;
    while (rows[i + 1] === last + 1) {
      last++;
      i++;
    }
    parts.push(first === last ? `${first}` : `${first}-${last}`);
    i++;
  }
  return parts.join(',');
}
