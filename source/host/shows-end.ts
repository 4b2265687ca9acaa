/** So many characters of a prompt's end are looked for, and so many rows above the cursor: an input box wraps its text. */
const END_LENGTH = 24;
const ROWS_ABOVE = 4;

/** Whether the end of a pasted text stands near the cursor. Blanks don't count: a box wraps, pads and draws borders. */
export function showsEnd(options: {
  readonly rows: readonly string[];
  readonly cursor: number;
  readonly text: string;
}): boolean {
  const { rows, cursor, text } = options;
  const end = bare(text.slice(-4 * END_LENGTH)).slice(-END_LENGTH);
  const near = rows.slice(Math.max(0, cursor - ROWS_ABOVE), cursor + 2);
  return end !== '' && bare(near.join('')).includes(end);
}

function bare(text: string): string {
  return text.replace(/[\s\u2500-\u257f|>❯]+/g, '');
}
