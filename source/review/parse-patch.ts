import { parseHunk } from './parse-hunk.ts';
import type { FileChange, Hunk, PatchFile } from './patch.ts';
import { patchPath, unquotePath } from './unquote-path.ts';

/** Reads a patch as git writes it. One that was cut off gives all that is whole, and the beginning of the rest. */
export function parsePatch(patch: string): readonly PatchFile[] {
  const lines = patch.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const files: PatchFile[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!lines[at]?.startsWith('diff --git ')) {
      at += 1;
      continue;
    }
    const { file, next } = parseFile(lines, at);
    files.push(file);
    at = next;
  }
  return files;
}

function parseFile(lines: readonly string[], start: number): { readonly file: PatchFile; readonly next: number } {
  const header: Header = { ...namesOf(lines[start] ?? ''), change: 'changed', binary: false };
  let at = start + 1;
  for (; at < lines.length && !lines[at]?.startsWith('diff --git ') && !lines[at]?.startsWith('@@ '); at += 1) {
    readHeaderLine(header, lines[at] ?? '');
  }
  const hunks: Hunk[] = [];
  for (let found = parseHunk(lines, at); found; found = parseHunk(lines, at)) {
    hunks.push(found.hunk);
    at = found.next;
  }
  const count = (kind: string) =>
    hunks.reduce((sum, hunk) => sum + hunk.lines.filter(line => line.kind === kind).length, 0);
  const isMoved = header.change === 'renamed' || header.change === 'copied';
  const path = (header.change === 'removed' ? header.oldPath : header.newPath) ?? header.oldPath ?? '';
  const file = {
    path,
    from: isMoved ? header.oldPath : undefined,
    change: header.change,
    oldMode: header.oldMode,
    newMode: header.newMode,
    binary: header.binary,
    added: count('added'),
    removed: count('removed'),
    hunks,
  };
  return { file, next: at };
}

interface Header {
  oldPath: string | undefined;
  newPath: string | undefined;
  change: FileChange;
  oldMode?: string;
  newMode?: string;
  binary: boolean;
}

function readHeaderLine(header: Header, line: string): void {
  const value = (prefix: string) => (line.startsWith(prefix) ? line.slice(prefix.length) : undefined);
  const oldMode = value('old mode ') ?? value('deleted file mode ');
  const newMode = value('new mode ') ?? value('new file mode ');
  if (oldMode !== undefined) header.oldMode = oldMode;
  if (newMode !== undefined) header.newMode = newMode;
  if (line.startsWith('new file mode ')) header.change = 'added';
  if (line.startsWith('deleted file mode ')) header.change = 'removed';
  const movedFrom = value('rename from ') ?? value('copy from ');
  const movedTo = value('rename to ') ?? value('copy to ');
  if (movedFrom !== undefined) header.oldPath = unquotePath(movedFrom);
  if (movedTo !== undefined) header.newPath = unquotePath(movedTo);
  if (line.startsWith('rename ')) header.change = 'renamed';
  if (line.startsWith('copy ')) header.change = 'copied';
  if (line.startsWith('Binary files ') || line === 'GIT binary patch') header.binary = true;
  const before = value('--- ');
  const after = value('+++ ');
  if (before !== undefined) header.oldPath = patchPath(before) ?? header.oldPath;
  if (after !== undefined) header.newPath = patchPath(after) ?? header.newPath;
}

/**
 * The names in `diff --git a/x b/x`. They are all there is for a file without hunks (a mode, a binary one), where both are the
 * same; with spaces in them only that tells where the first one ends.
 */
function namesOf(line: string): { oldPath: string | undefined; newPath: string | undefined } {
  const rest = line.slice('diff --git '.length);
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|.+)$/.exec(rest);
  const half = rest.slice(0, (rest.length - 1) / 2);
  if (rest === `${half} ${half.replace(/^a\//, 'b/')}`) return { oldPath: patchPath(half), newPath: patchPath(half) };
  return { oldPath: patchPath(quoted?.[1] ?? rest), newPath: patchPath(quoted?.[2] ?? rest) };
}
