import { cellWidth, graphemes, graphemesBefore, graphemeWidth } from '../../text/width.ts';

/** A text being typed, and where its cursor stands (an index into the text, never inside a character). */
export interface Editor {
  readonly text: string;
  readonly cursor: number;
}

export const EMPTY: Editor = { text: '', cursor: 0 };

export function editorOf(text: string): Editor {
  return { text, cursor: text.length };
}

export type Edit =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'newline' }
  | { readonly type: 'erase'; readonly to: Move }
  /** A number: that place, which lies inside of no character. */
  | { readonly type: 'move'; readonly to: Move | number };

export type Move =
  | 'back'
  | 'forward'
  | 'wordBack'
  | 'wordForward'
  | 'lineStart'
  | 'lineEnd'
  | 'start'
  | 'end'
  | 'up'
  | 'down';

/** The text after an edit. `multiline` false turns pasted line ends into blanks. */
export function edit(editor: Editor, change: Edit, multiline: boolean): Editor {
  switch (change.type) {
    case 'insert':
      return insert(editor, multiline ? normalEnds(change.text) : normalEnds(change.text).replaceAll('\n', ' '));
    case 'newline':
      return multiline ? insert(editor, '\n') : editor;
    case 'move':
      return { text: editor.text, cursor: typeof change.to === 'number' ? change.to : target(editor, change.to) };
    case 'erase': {
      const to = target(editor, change.to);
      const from = Math.min(to, editor.cursor);
      const end = Math.max(to, editor.cursor);
      return { text: editor.text.slice(0, from) + editor.text.slice(end), cursor: from };
    }
    default:
      return change satisfies never;
  }
}

function insert({ text, cursor }: Editor, added: string): Editor {
  // Control characters are no text, wherever they came from; tab and line end are.
  const clean = added.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
  return { text: text.slice(0, cursor) + clean + text.slice(cursor), cursor: cursor + clean.length };
}

function normalEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function target({ text, cursor }: Editor, move: Move): number {
  const lineStart = lineStartAt(text, cursor);
  const nextBreak = text.indexOf('\n', cursor);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  switch (move) {
    case 'back':
      return stepBack(text, cursor);
    case 'forward':
      return stepForward(text, cursor);
    case 'wordBack':
      return wordStart(text, cursor);
    case 'wordForward':
      return cursor + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
    case 'lineStart':
      return lineStart;
    case 'lineEnd':
      return lineEnd;
    case 'start':
      return 0;
    case 'end':
      return text.length;
    case 'up':
      return lineStart === 0 ? 0 : inLine(text, lineStartAt(text, lineStart - 1), text.slice(lineStart, cursor));
    case 'down':
      return lineEnd === text.length ? text.length : inLine(text, lineEnd + 1, text.slice(lineStart, cursor));
    default:
      return move satisfies never;
  }
}

/** Where the line begins that has this place. (`lastIndexOf` takes a place before the first for the first.) */
export function lineStartAt(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** The place in the line that begins at `start` which lies below or above the end of `before`. */
function inLine(text: string, start: number, before: string): number {
  const width = cellWidth(before);
  const end = text.indexOf('\n', start);
  let at = start;
  let cells = 0;
  for (const { segment } of graphemes(text.slice(start, end === -1 ? text.length : end))) {
    cells += graphemeWidth(segment);
    if (cells > width) break;
    at += segment.length;
  }
  return at;
}

/** Where the word before the cursor begins, over the blanks and signs between. */
function wordStart(text: string, cursor: number): number {
  let at = cursor;
  const skip = (words: boolean) => {
    for (const segment of graphemesBefore(text, at)) {
      if (WORD.test(segment) !== words) break;
      at -= segment.length;
    }
  };
  skip(false);
  skip(true);
  return at;
}

const WORD = /[\p{L}\p{N}_]/u;

function stepBack(text: string, cursor: number): number {
  for (const segment of graphemesBefore(text, cursor)) return cursor - segment.length;
  return 0;
}

function stepForward(text: string, cursor: number): number {
  for (const { segment } of graphemes(text.slice(cursor, cursor + 64))) return cursor + segment.length;
  return cursor;
}

/** Characters as the daemon counts them. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
