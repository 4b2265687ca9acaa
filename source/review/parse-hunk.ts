import type { Hunk, PatchLine } from './patch.ts';

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/** The hunk that begins at a line, and the line after it. Its own counts say where it ends: a removed line may read `-- a/x`. */
export function parseHunk(
  lines: readonly string[],
  start: number,
): { readonly hunk: Hunk; readonly next: number } | undefined {
  const header = HEADER.exec(lines[start] ?? '');
  if (!header) return undefined;
  const [, oldStart, oldLines = '1', newStart, newLines = '1', heading = ''] = header;
  let oldNumber = Number(oldStart);
  let newNumber = Number(newStart);
  const oldEnd = oldNumber + Number(oldLines);
  const newEnd = newNumber + Number(newLines);
  const found: PatchLine[] = [];
  let next = start + 1;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const last = found.at(-1);
    if (line.startsWith('\\')) {
      if (last) found[found.length - 1] = { ...last, noNewline: true };
      continue;
    }
    if (oldNumber >= oldEnd && newNumber >= newEnd) break;
    const kind = KINDS[line[0] ?? ' '];
    // A patch that was cut off, or is none.
    if (!kind) break;
    found.push({
      kind,
      text: line.slice(1),
      oldNumber: kind === 'added' ? undefined : oldNumber,
      newNumber: kind === 'removed' ? undefined : newNumber,
      noNewline: false,
    });
    if (kind !== 'added') oldNumber += 1;
    if (kind !== 'removed') newNumber += 1;
  }
  const hunk = {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines),
    newStart: Number(newStart),
    newLines: Number(newLines),
    heading,
    lines: found,
  };
  return { hunk, next };
}

const KINDS: Readonly<Record<string, PatchLine['kind']>> = { ' ': 'context', '+': 'added', '-': 'removed' };
