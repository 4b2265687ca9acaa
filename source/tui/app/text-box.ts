import { cellWidth, graphemes, graphemeWidth } from '../../text/width.ts';
import type { Editor } from '../text/editor.ts';
import { type Line, span } from '../text/line.ts';

/** A text being typed, broken into rows, with its cursor; at most `rows` of them, those around the cursor. */
export function textBox(editor: Editor, columns: number, rows: number): readonly Line[] {
  const broken = breakRows(editor, columns);
  const at = broken.findLastIndex(row => row.start <= editor.cursor);
  const top = Math.max(0, Math.min(broken.length - rows, at - rows + 1));
  return broken.slice(top, top + rows).map((row, index) => {
    if (top + index !== at) return [span(row.text)];
    return withCursor(row.text, editor.cursor - row.start);
  });
}

/** One row of text around its cursor. */
export function cursorLine(editor: Editor, columns: number): Line {
  const before = editor.text.slice(0, editor.cursor);
  let start = 0;
  while (cellWidth(before.slice(start)) > columns - 1) start += graphemeAt(before, start).length || 1;
  return withCursor(editor.text.slice(start), editor.cursor - start);
}

function withCursor(text: string, at: number): Line {
  const under = graphemeAt(text, at);
  const shown = under === '' || under === '\n' ? ' ' : under;
  return [span(text.slice(0, at)), span(shown, { inverse: true }), span(text.slice(at + under.length))];
}

interface Row {
  readonly text: string;
  /** Its first character's place in the whole text. */
  readonly start: number;
}

/** The last cell of each row is kept free for the cursor. */
function breakRows({ text }: Editor, columns: number): readonly Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    let from = 0;
    let cells = 0;
    for (const { segment, index } of graphemes(line)) {
      const width = graphemeWidth(segment);
      if (cells + width > columns - 1 && index > from) {
        rows.push({ text: line.slice(from, index), start: start + from });
        from = index;
        cells = 0;
      }
      cells += width;
    }
    rows.push({ text: line.slice(from), start: start + from });
    start += line.length + 1;
  }
  return rows;
}

function graphemeAt(text: string, at: number): string {
  for (const { segment } of graphemes(text.slice(at, at + 64))) return segment;
  return '';
}
