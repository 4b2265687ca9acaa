/** A git patch as data: what a face shows of a diff, file by file, line by line. */
export interface PatchFile {
  /** Its name now; of a removed file, the one it had. */
  readonly path: string;
  /** The name before, where it was renamed or copied. */
  readonly from: string | undefined;
  readonly change: FileChange;
  /** Where they differ, or the file is new or gone: `100644`, `100755` (may be run), `120000` (a link), `160000` (a submodule). */
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  /** Its contents are not text, so that there are no hunks. */
  readonly binary: boolean;
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
}

export type FileChange = 'added' | 'removed' | 'changed' | 'renamed' | 'copied';

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What git shows of the place: the function's first line, as a rule. */
  readonly heading: string;
  readonly lines: readonly PatchLine[];
}

export interface PatchLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  /** Its number in the old file; undefined where it was added. */
  readonly oldNumber: number | undefined;
  readonly newNumber: number | undefined;
  /** The file ends here without a newline. */
  readonly noNewline: boolean;
}
