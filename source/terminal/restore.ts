import { type AttributeNumbers, colorWord, toWords } from './attribute-words.ts';
import { charsetNamed } from './charset-names.ts';
import { readOperation, SNAPSHOT_BEGIN } from './snapshot-operation.ts';
import type { TerminalState } from './terminal-state.ts';
import { BackgroundFlag, CELL_WORDS, Content, Extended } from './xterm-bits.ts';
import type { CoreBuffer, CoreLine } from './xterm-core.ts';

/**
 * Obeys the operations of a snapshot, from its first byte as the very first of a fresh screen up to its end. A program that prints
 * them later prints nothing; one that begins with them can change its own screen, which it could anyhow: values are bounded.
 */
export class Restorer {
  readonly #state: TerminalState;
  /** A snapshot is being fed. */
  active = false;
  /** Time of the next status record. */
  time: number | undefined;

  constructor(state: TerminalState) {
    this.#state = state;
  }

  /** Looks at the first bytes that a screen is fed. */
  expect(bytes: Uint8Array): void {
    const begin = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNAPSHOT_BEGIN.length));
    this.active = begin.toString('latin1') === SNAPSHOT_BEGIN;
  }

  read(body: Uint8Array): void {
    if (!this.active) return;
    const { name, values } = readOperation(body);
    const numbers = values.map(value => (/^-?\d{1,15}$/.test(value) ? Number(value) : 0));
    switch (name) {
      case 'cells':
        for (let i = bound(numbers[0], 0, this.#state.core.cols); i > 0; i--) this.#cell(1, '');
        break;
      case 'cell':
        this.#cell(bound(numbers[0], 0, 2), Buffer.from(values[1] ?? '', 'hex').toString('utf8'));
        break;
      case 'wrapped':
        this.#wrapped(values[0] ?? '');
        break;
      case 'buffer':
        this.#buffer(numbers, values);
        break;
      case 'saved':
        this.#saved(numbers, values);
        break;
      case 'pen':
        this.#pen(numbers, values);
        break;
      case 'time':
        this.time = numbers[0];
        break;
      case 'status':
        this.#state.records.restore({ spoken: numbers[0] === 1, derived: numbers[1] === 1 });
        break;
      case 'end':
        this.active = false;
        this.time = undefined;
        break;
    }
  }

  /** Puts one cell with the pen's attributes at the cursor, whatever printing would do. */
  #cell(width: number, text: string): void {
    const buffer = this.#state.core.buffers.active;
    const line = buffer.lines.get(buffer.ybase + buffer.y);
    if (!line || buffer.x >= line.length) return;
    const { _curAttrData: attributes, _parser: parser } = this.#state.core._inputHandler;
    // As after any sequence: what is printed next joins nothing.
    parser.precedingJoinState = 0;
    const x = buffer.x++;
    line._data[x * CELL_WORDS] = cellContent(line, { x, width, text });
    line._data[x * CELL_WORDS + 1] = attributes.fg;
    line._data[x * CELL_WORDS + 2] = attributes.bg;
    if ((attributes.bg & BackgroundFlag.extended) !== 0) line._extendedAttrs[x] = attributes.extended;
  }

  #wrapped(ranges: string): void {
    const { lines } = this.#state.core.buffers.active;
    for (const range of ranges.split(',')) {
      const [first = -1, last = first] = range.split('-').map(Number);
      for (let y = first; y <= Math.min(last, lines.length - 1); y++) {
        const line = lines.get(y);
        if (line) line.isWrapped = true;
      }
    }
  }

  #buffer(numbers: readonly number[], values: readonly string[]): void {
    const { cols, rows } = this.#state.core;
    const buffer = this.#which(numbers[0]);
    buffer.x = bound(numbers[1], 0, cols);
    buffer.y = bound(numbers[2], 0, rows - 1);
    buffer.scrollTop = bound(numbers[3], 0, rows - 1);
    buffer.scrollBottom = bound(numbers[4], buffer.scrollTop, rows - 1);
    const { normal, alternate } = this.#state.keyboards;
    (numbers[0] === 1 ? alternate : normal).restore((values[5] ?? '').split(',').map(Number));
    const tabs = values[6] ?? '';
    if (!tabs.startsWith('=')) return;
    buffer.tabs = {};
    for (const column of tabs.slice(1).split(',')) {
      if (/^\d{1,5}$/.test(column)) buffer.tabs[Number(column)] = true;
    }
  }

  #saved(numbers: readonly number[], values: readonly string[]): void {
    const buffer = this.#which(numbers[0]);
    buffer.savedX = bound(numbers[1], 0, this.#state.core.cols);
    buffer.savedY = (numbers[2] ?? 0) + buffer.ybase;
    buffer.savedCharset = charsetNamed(values[3] ?? '');
    const { fg, bg } = toWords(attributeNumbers(numbers.slice(4)));
    buffer.savedCurAttrData.fg = fg;
    buffer.savedCurAttrData.bg = bg;
  }

  #pen(numbers: readonly number[], values: readonly string[]): void {
    const { _inputHandler: handler, _charsetService: charsets } = this.#state.core;
    const attributes = handler._curAttrData;
    const { fg, bg } = toWords(attributeNumbers(numbers));
    attributes.fg = fg;
    attributes.bg = bg;
    attributes.extended = attributes.extended.clone();
    attributes.extended._ext = (bound(numbers[4], 0, 5) << Extended.styleShift) | colorWord(numbers[5] ?? -1);
    charsets._charsets = [...(values[6] ?? '')].slice(0, 4).map(charsetNamed);
    charsets.glevel = bound(numbers[7], 0, 3);
    charsets.charset = charsetNamed(values[8] ?? '');
    handler._parser.precedingJoinState = bound(numbers[9], 0, 0xff);
  }

  #which(number: number | undefined): CoreBuffer {
    const { normal, alt } = this.#state.core.buffers;
    return number === 1 ? alt : normal;
  }
}

function bound(value: number | undefined, least: number, most: number): number {
  return Math.min(Math.max(value ?? least, least), most);
}

function attributeNumbers(numbers: readonly number[]): AttributeNumbers {
  return [numbers[0] ?? 0, numbers[1] ?? -1, numbers[2] ?? -1, numbers[3] ?? 0];
}

function cellContent(
  line: CoreLine,
  cell: { readonly x: number; readonly width: number; readonly text: string },
): number {
  const codepoints = [...cell.text];
  const width = cell.width << Content.widthShift;
  if (codepoints.length <= 1) return width | (cell.text.codePointAt(0) ?? 0);
  line._combined[cell.x] = cell.text;
  return width | Content.combined;
}
