const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{Mn}|\p{Me}|[\u200b-\u200f\u2060]|[\u{fe00}-\u{fe0f}]/u;

/** Columns that a text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  if (char <= '~') return char < ' ' ? 0 : 1;
  return NO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
}

/** The text cut at the end so that it takes no more than `width` columns. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width - 1) break;
    out += char;
  }
  return width < 1 ? '' : `${out}…`;
}

/** Lines of at most `width` columns, broken at blanks where there are some. Appending to the text changes the last line only. */
export function wrapText(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  return text.split('\n').flatMap(line => wrapLine(line.replaceAll('\t', '    '), room));
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width && textWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const word of line.split(/(?<= )/u)) {
    const size = textWidth(word.trimEnd());
    if (used > 0 && used + size > width) {
      lines.push(current.trimEnd());
      current = '';
      used = 0;
    }
    for (const char of word) {
      const step = charWidth(char);
      if (used + step > width && char !== ' ') {
        lines.push(current);
        current = '';
        used = 0;
      }
      if (used + step > width) continue;
      current += char;
      used += step;
    }
  }
  return [...lines, current];
}

/** Rows of at most `width` columns, broken anywhere: what an input box does, so that each character has its place. */
export function breakText(text: string, width: number): readonly string[] {
  const room = Math.max(2, width);
  const rows: string[] = [];
  for (const line of text.split('\n')) {
    let row = '';
    let used = 0;
    for (const char of line) {
      const step = charWidth(char);
      if (used + step > room) {
        rows.push(row);
        row = '';
        used = 0;
      }
      row += char;
      used += step;
    }
    rows.push(row);
  }
  return rows;
}
