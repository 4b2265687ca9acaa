import type { Line } from '../text/line.ts';

/** The diff of the selected session, flattened to rows so that any part of it can be shown at once. */
export interface DiffView {
  readonly session: string;
  /** The branch's tip that it was read at, with how much was uncommitted: where these have moved it is read anew. */
  readonly mark: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly trouble: string | undefined;
  readonly files: readonly DiffFileRow[];
  readonly rows: readonly DiffRow[];
  readonly top: number;
  readonly truncated: boolean;
}

export interface DiffFileRow {
  readonly path: string;
  /** Renamed, binary, new, deleted, … */
  readonly note: string | undefined;
  readonly added: number;
  readonly removed: number;
  /** Its heading's place in the rows. */
  readonly row: number;
}

export type DiffRow =
  | { readonly kind: 'file'; readonly file: DiffFileRow }
  | { readonly kind: 'hunk'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'context' | 'added' | 'removed';
      readonly text: string;
      readonly oldLine: number | undefined;
      readonly newLine: number | undefined;
      /** The text in the colours of its language, where that is known. */
      readonly colored?: Line;
    };

/** A row of a file's text. */
export type CodeRow = Extract<DiffRow, { readonly oldLine: number | undefined }>;

/** The row to begin with after scrolling; the last page stays full. */
export function scrollDiff(diff: DiffView, by: number, height: number): DiffView {
  const last = Math.max(0, diff.rows.length - height);
  return { ...diff, top: Math.max(0, Math.min(last, diff.top + by)) };
}

/** The file that the top row belongs to, as a place in `files`. */
export function fileAt(diff: DiffView): number {
  const after = diff.files.findIndex(file => file.row > diff.top);
  return (after === -1 ? diff.files.length : after) - 1;
}

/** Begins with the next or the previous file. */
export function jumpFile(diff: DiffView, by: 1 | -1, height: number): DiffView {
  const at = fileAt(diff);
  const inside = by === -1 && (diff.files[at]?.row ?? 0) < diff.top;
  const target = diff.files[Math.max(0, Math.min(diff.files.length - 1, inside ? at : at + by))];
  return target ? scrollDiff({ ...diff, top: target.row }, 0, height) : diff;
}

/** Rows of code with their colours. */
export function colorRows(diff: DiffView, lines: ReadonlyMap<number, Line>): DiffView {
  const rows = [...diff.rows];
  for (const [at, colored] of lines) {
    const row = rows[at];
    if (row && 'text' in row && 'oldLine' in row) rows[at] = { ...row, colored };
  }
  return { ...diff, rows };
}
