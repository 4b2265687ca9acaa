/** Rows and bytes of a program's last words that are kept with its exit. */
const MOST_ROWS = 400;
const MOST_BYTES = 128 * 1024;

/** The last rows of a screen and what stood above it, without the blank ones at the end. */
export function lastLines(screen: { readonly text: (options: { readonly scrollback: number }) => string[] }): string[] {
  const lines = screen.text({ scrollback: MOST_ROWS }).map(line => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return newestWithin(lines.slice(-MOST_ROWS), MOST_BYTES);
}

/** The last lines that have at most so many bytes together. */
export function newestWithin(lines: readonly string[], mostBytes: number): string[] {
  let bytes = 0;
  let from = lines.length;
  while (from > 0) {
    bytes += Buffer.byteLength(lines[from - 1] ?? '') + 8;
    if (bytes > mostBytes) break;
    from -= 1;
  }
  return lines.slice(from);
}
