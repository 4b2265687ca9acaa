import { parsePatch } from '../../review/parse-patch.ts';
import type { Hunk, PatchFile, PatchLine } from '../../review/patch.ts';
import type { DiffFileRow, DiffRow } from '../store/diff-view.ts';

export interface DiffRows {
  readonly files: readonly DiffFileRow[];
  readonly rows: readonly DiffRow[];
  readonly truncated: boolean;
}

/** A patch as rows, one below the other. */
export function diffRows({ patch, truncated }: { readonly patch: string; readonly truncated: boolean }): DiffRows {
  const files: DiffFileRow[] = [];
  const rows: DiffRow[] = [];
  for (const file of parsePatch(patch)) {
    const { path, added, removed } = file;
    const heading: DiffFileRow = { path, note: noteOf(file), added, removed, row: rows.length };
    files.push(heading);
    rows.push({ kind: 'file', file: heading });
    if (file.binary) rows.push({ kind: 'note', text: 'A binary file: nothing of it is shown.' });
    for (const hunk of file.hunks) {
      rows.push({ kind: 'hunk', text: headingOf(hunk) });
      for (const line of hunk.lines) rows.push(lineRow(line), ...(line.noNewline ? [NO_NEWLINE] : []));
    }
  }
  return { files, rows, truncated };
}

/** Else two lines that differ in nothing but this look the same. */
const NO_NEWLINE: DiffRow = { kind: 'note', text: 'No newline at the end of the file.' };

function lineRow({ kind, text, oldNumber, newNumber }: PatchLine): DiffRow {
  return { kind, text, oldLine: oldNumber, newLine: newNumber };
}

function headingOf({ oldStart, oldLines, newStart, newLines, heading }: Hunk): string {
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@ ${heading}`.trimEnd();
}

function noteOf({ change, from, oldMode, newMode, binary }: PatchFile): string | undefined {
  switch (change) {
    case 'added':
      return 'new';
    case 'removed':
      return 'deleted';
    case 'renamed':
      return `from ${from}`;
    case 'copied':
      return `copy of ${from}`;
    case 'changed':
      if (binary) return 'binary';
      return oldMode !== newMode && newMode !== undefined ? `mode ${oldMode} → ${newMode}` : undefined;
    default:
      return change satisfies never;
  }
}
