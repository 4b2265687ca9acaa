/** A piece of a text, and whether it is one of the words that were looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A text in pieces, at the words that were looked for; big and small letters are the same, and a longer word goes before its beginning. */
export function markedPieces(text: string, words: readonly string[]): readonly Piece[] {
  const wanted = words.filter(Boolean).toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, found: false }];
  const pattern = new RegExp(`(${wanted.map(word => word.replace(SPECIAL, '\\$&')).join('|')})`, 'giu');
  // Of a split by a group every second piece is what the group took.
  return text.split(pattern).flatMap((piece, at) => (piece === '' ? [] : [{ text: piece, found: at % 2 === 1 }]));
}

/** What means something in a pattern. */
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
