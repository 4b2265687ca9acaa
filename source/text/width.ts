/** Cells that a text takes on a terminal. Ambiguous characters count as one, emoji and East Asian wide ones as two. */
export function cellWidth(text: string): number {
  if (SINGLE.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** What people call characters: the steps of a cursor, and the units that are never cut apart. */
export function graphemes(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  if (SINGLE.test(text)) return units(text);
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Each of them is one code unit. */
function* units(text: string): Generator<{ readonly segment: string; readonly index: number }> {
  for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index };
}

/** Those before a place, the nearest first; a text is looked at only as far as it is asked for. */
export function* graphemesBefore(text: string, place: number): Generator<string> {
  for (let end = place; end > 0; ) {
    const from = Math.max(0, end - LOOK_BACK);
    const [first = '', ...more] = [...graphemes(text.slice(from, end))].map(({ segment }) => segment);
    yield* more.reverse();
    // The first one may have begun before: it is looked at again, with what stands there.
    const whole = from === 0 || more.length === 0;
    if (whole) yield first;
    end = whole ? from : from + first.length;
  }
}

/** Code units that are looked at in one go. */
const LOOK_BACK = 256;

/** Whether a text cut here would be cut inside of what people call a character, as far as the two sides tell. */
export function isInsideGrapheme(text: string, place: number): boolean {
  const after = text.codePointAt(place) ?? 0;
  const isLowSurrogate = after >= 0xdc00 && after <= 0xdfff;
  return isLowSurrogate || MARK.test(String.fromCodePoint(after)) || text[place - 1] === '\u200d';
}

export function graphemeWidth(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x300) return point < 0x20 || (point >= 0x7f && point < 0xa0) ? 0 : 1;
  if (MARK.test(grapheme)) return 0;
  if (isWide(point) || EMOJI.test(grapheme) || grapheme.includes('\ufe0f')) return 2;
  return 1;
}

/**
 * Texts of nothing but characters that take one cell and join with none of the others: Latin ones, and the lines, dots, arrows
 * and marks that screens are drawn with.
 */
const SINGLE =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u23bf\u2500-\u25fc\u2610-\u2612\u2713-\u2727\u2729-\u274b\u2758-\u2794\u29d7\u2800-\u28ff]*$/;
/** Made when a text needs it: making one takes 8 ms, which the first frame does without. */
let segmenter: Intl.Segmenter | undefined;
const MARK = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const EMOJI = /^\p{Emoji_Presentation}/u;

/** East Asian wide and fullwidth blocks, first and last code point. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1aff0, 0x1b2ff],
  [0x20000, 0x3fffd],
];

function isWide(point: number): boolean {
  return point >= 0x1100 && WIDE.some(([first, last]) => point >= first && point <= last);
}
