import { Attribute } from './cells.ts';
import { cellText } from './paint.ts';
import { cellAttributes } from './pen.ts';
import { CELL_WORDS, Content } from './xterm-bits.ts';
import type { Core, CoreLine } from './xterm-core.ts';

/** The rows of the screen as text without trailing blanks, with up to `scrollback` rows above it. */
export function readText(core: Core, scrollback: number): string[] {
  const buffer = core.buffers.active;
  const rows: string[] = [];
  for (let y = buffer.ybase - Math.min(scrollback, buffer.ybase); y < buffer.ybase + core.rows; y++) {
    rows.push(rowText(buffer.lines.get(y)));
  }
  return rows;
}

export function rowText(line: CoreLine | undefined): string {
  if (!line) return '';
  let text = '';
  for (let x = 0; x < line.length; x++) {
    const content = line._data[x * CELL_WORDS] ?? 0;
    if (content >>> Content.widthShift === 0 && (content & Content.hasContent) === 0) continue;
    text += cellText(line, x, content) || ' ';
  }
  return text.trimEnd();
}

/** For each UTF-16 unit of the row's text, whether its cell is dim; undefined for blanks, which show no dimness. */
export function rowDimness(line: CoreLine): readonly (boolean | undefined)[] {
  const dim: (boolean | undefined)[] = [];
  for (let x = 0; x < line.length; x++) {
    const content = line._data[x * CELL_WORDS] ?? 0;
    if (content >>> Content.widthShift === 0 && (content & Content.hasContent) === 0) continue;
    const text = cellText(line, x, content) || ' ';
    const bits = cellAttributes(line._data[x * CELL_WORDS + 1] ?? 0, line._data[x * CELL_WORDS + 2] ?? 0, undefined);
    for (let i = 0; i < text.length; i++) dim.push(text === ' ' ? undefined : (bits & Attribute.dim) !== 0);
  }
  return dim;
}
