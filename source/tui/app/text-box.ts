import { takeCells } from '../../text/cut.ts';
import { graphemes, graphemesBefore, graphemeWidth } from '../../text/width.ts';
import type { Editor } from '../text/editor.ts';
import { type Line, span } from '../text/line.ts';
import { rowsAround } from '../text/text-rows.ts';

/** A text being typed, broken into rows, with its cursor; at most `rows` of them, those around the cursor. */
export function textBox(editor: Editor, columns: number, rows: number): readonly Line[] {
  const broken = rowsAround(editor, { columns, rows });
  const at = broken.findLastIndex(row => row.start <= editor.cursor);
  const top = Math.max(0, Math.min(broken.length - rows, at - rows + 1));
  return broken.slice(top, top + rows).map((row, index) => {
    if (top + index !== at) return [span(row.text)];
    return withCursor(row.text, editor.cursor - row.start);
  });
}

/** One row of text around its cursor. */
export function cursorLine({ text, cursor }: Editor, columns: number): Line {
  let before = '';
  let cells = 0;
  for (const segment of graphemesBefore(text, cursor)) {
    cells += graphemeWidth(segment);
    if (cells > columns - 1) break;
    before = segment + before;
  }
  const after = takeCells(text.slice(cursor, cursor + CODES_IN_A_CELL * columns), columns);
  return withCursor(before + after, before.length);
}

/** So many code units can stand in one cell and still be read; nothing beyond is looked at. */
const CODES_IN_A_CELL = 16;

function withCursor(text: string, at: number): Line {
  const under = graphemeAt(text, at);
  const shown = under === '' || under === '\n' ? ' ' : under;
  return [span(text.slice(0, at)), span(shown, { inverse: true }), span(text.slice(at + under.length))];
}

function graphemeAt(text: string, at: number): string {
  for (const { segment } of graphemes(text.slice(at, at + 64))) return segment;
  return '';
}
