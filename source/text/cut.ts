import { cellWidth, graphemes, graphemeWidth } from './width.ts';

/** Titles and sentences: what does not fit is cut at the end. */
export function cutEnd(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  if (width <= 0) return '';
  return `${takeCells(text, width - 1)}…`;
}

/** Paths and branches: both ends tell more than the middle (`feat/…/toggle`). */
export function cutMiddle(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  if (width <= 0) return '';
  if (width < 5) return cutEnd(text, width);
  const head = Math.floor((width - 1) / 2);
  return `${takeCells(text, head)}…${takeLastCells(text, width - 1 - head)}`;
}

/** Filled with blanks to exactly this width; a longer text is cut at the end. */
export function padEnd(text: string, width: number): string {
  const cut = cutEnd(text, width);
  return cut + ' '.repeat(Math.max(0, width - cellWidth(cut)));
}

export function takeCells(text: string, width: number): string {
  let taken = 0;
  let end = 0;
  for (const { segment, index } of graphemes(text)) {
    const cells = graphemeWidth(segment);
    if (taken + cells > width) break;
    taken += cells;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

function takeLastCells(text: string, width: number): string {
  const all = [...graphemes(text)];
  let taken = 0;
  let start = text.length;
  for (let at = all.length - 1; at >= 0; at--) {
    const { segment, index } = all[at] as { segment: string; index: number };
    const cells = graphemeWidth(segment);
    if (taken + cells > width) break;
    taken += cells;
    start = index;
  }
  return text.slice(start);
}
