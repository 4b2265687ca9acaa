import { cutEnd, cutMiddle, takeCells } from '../../text/cut.ts';
import { plain } from '../../text/plain.ts';
import { cellWidth } from '../../text/width.ts';
import type { Role } from '../theme.ts';

/** What a colour means: a role of the theme, or a kind of word in a program's source. */
export type Tone = Role | 'keyword' | 'string' | 'comment';

export interface Style {
  readonly role?: Tone;
  readonly bold?: boolean;
  readonly underline?: boolean;
  /** The cell of a text cursor. */
  readonly inverse?: boolean;
}

/** A piece of a line in one style. Its text is drawable: made by `span` only. */
export interface Span extends Style {
  readonly text: string;
}

/** One row of a screen, from left to right. */
export type Line = readonly Span[];

export function span(text: string, style: Style = {}): Span {
  return { ...style, text: plain(text) };
}

export function muted(text: string): Span {
  return span(text, { role: 'muted' });
}

export function lineWidth(line: Line): number {
  return line.reduce((width, each) => width + cellWidth(each.text), 0);
}

/** Cut at the end with an ellipsis. */
export function cutLine(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  const out: Span[] = [];
  let left = width;
  for (const each of line) {
    const cells = cellWidth(each.text);
    if (cells < left) {
      out.push(each);
      left -= cells;
      continue;
    }
    if (left > 0) out.push({ ...each, text: `${takeCells(each.text, left - 1)}…` });
    break;
  }
  return out;
}

/** Left and right of one row, exactly as wide as asked; the left gives way. */
export function spread(width: number, left: Line, right: Line): Line {
  const fixed = cutLine(right, width);
  const room = width - lineWidth(fixed);
  const head = cutLine(left, fixed.length > 0 ? Math.max(0, room - 1) : room);
  const gap = width - lineWidth(head) - lineWidth(fixed);
  return [...head, span(' '.repeat(Math.max(0, gap))), ...fixed];
}

/** Filled with blanks to the width, so that whatever stood there is gone. */
export function fill(line: Line, width: number): Line {
  const cut = cutLine(line, width);
  const rest = width - lineWidth(cut);
  return rest > 0 ? [...cut, span(' '.repeat(rest))] : cut;
}

/** A part of a row that may shrink or go where there is no room for all. */
export interface Segment {
  readonly text: string;
  readonly style?: Style;
  /** The lowest goes first. */
  readonly rank: number;
  /** How it is cut, and down to how many cells; without it it is whole or absent. */
  readonly shrink?: { readonly to: number; readonly how: 'end' | 'middle' };
}

/** The segments that fit into the width: the lowest ranks go until the rest fits at its shortest, then the lowest are cut first. */
export function fitSegments(segments: readonly Segment[], width: number, gap = 2): readonly Segment[] {
  const least = (each: Segment) => Math.min(cellWidth(each.text), each.shrink?.to ?? Number.POSITIVE_INFINITY);
  const gaps = (count: number) => gap * Math.max(0, count - 1);
  const full = segments.filter(each => each.text !== '');
  const byRank = full.toSorted((a, b) => a.rank - b.rank);
  while (byRank.length > 0 && byRank.reduce((sum, each) => sum + least(each), gaps(byRank.length)) > width)
    byRank.shift();
  let over = byRank.reduce((sum, each) => sum + cellWidth(each.text), gaps(byRank.length)) - width;
  const cut = new Map(
    byRank.map(each => {
      const by = Math.max(0, Math.min(over, cellWidth(each.text) - least(each)));
      over -= by;
      return [each, by > 0 ? shortened(each, cellWidth(each.text) - by) : each];
    }),
  );
  return full.flatMap(each => cut.get(each) ?? []);
}

function shortened(segment: Segment, width: number): Segment {
  const text = segment.shrink?.how === 'middle' ? cutMiddle(segment.text, width) : cutEnd(segment.text, width);
  return { ...segment, text };
}
