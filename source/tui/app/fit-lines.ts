import type { Line } from '../text/line.ts';

/** As many of a form's lines as there is room for: those around the one with the cursor, or with what is chosen. */
export function fitLines(lines: readonly Line[], rows: number): readonly Line[] {
  if (lines.length <= rows) return lines;
  const cursor = lines.findIndex(line => line.some(({ inverse }) => inverse));
  const at = cursor !== -1 ? cursor : lines.findLastIndex(line => line.some(({ role }) => role === 'accent'));
  const top = Math.max(0, Math.min(lines.length - rows, at - Math.floor(rows / 2)));
  return lines.slice(top, top + rows);
}
