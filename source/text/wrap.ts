import { plainLines } from './plain.ts';
import { cellWidth, graphemes, graphemeWidth } from './width.ts';

/** Sentences broken between words; a word that is too long is broken anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  return plainLines(text).flatMap(line => wrapLine(line, Math.max(1, width)));
}

function wrapLine(line: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(/(?<= )(?=\S)/)) {
    if (cellWidth(row) + cellWidth(word.trimEnd()) <= width) {
      row += word;
      continue;
    }
    if (row !== '') rows.push(row.trimEnd());
    row = word;
    while (cellWidth(row.trimEnd()) > width) {
      const [head, rest] = splitAt(row, width);
      rows.push(head);
      row = rest;
    }
  }
  rows.push(row.trimEnd());
  return rows;
}

function splitAt(text: string, width: number): readonly [string, string] {
  let cells = 0;
  for (const { segment, index } of graphemes(text)) {
    cells += graphemeWidth(segment);
    if (cells > width && index > 0) return [text.slice(0, index), text.slice(index)];
  }
  return [text, ''];
}
