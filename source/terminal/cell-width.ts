/**
 * How many cells a character takes, and which characters share one cell.
 *
 * Measured against tmux and what agents expect (string-width, unicode-width): xterm's own Unicode 6 gives an emoji one cell; the
 * graphemes add-on 0.4.0 gives 😀 one, a ZWJ family three and a tag flag seven, and costs 40 % of the speed of mixed text; the
 * Unicode 11 add-on is right but for clusters and for emoji newer than it. So: its table, the newer wide ranges, and the
 * clusters that terminals and agents agree on today: emoji ZWJ sequences, skin tones, flags, and VS16, which makes two cells.
 */
export interface WidthProvider {
  wcwidth(codepoint: number): number;
  /** Packed: bit 0 joins the cell before, bits 1–2 its width, then the kind that `preceding` carries to the next call. */
  charProperties(codepoint: number, preceding: number): number;
}

const Kind = { other: 0, emoji: 1, emojiJoiner: 2, flagHalf: 3 } as const;

const ZERO_WIDTH_JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;

/** Wide since Unicode 12 to 16. */
const NEWER_WIDE: readonly (readonly [number, number])[] = [
  [0x16fe2, 0x16ff1],
  [0x18800, 0x18cff],
  [0x18d00, 0x18d08],
  [0x1aff0, 0x1affe],
  [0x1b11f, 0x1b167],
  [0x1f6d5, 0x1f6d7],
  [0x1f6dc, 0x1f6df],
  [0x1f6fa, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f7f0, 0x1f7f0],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff],
  [0x1fa70, 0x1fafc],
];

/** By codepoint: width + 1 in bits 0–1 (0: not looked up yet), kind in bits 2–3, skin tone in bit 4. */
const traits = new Uint8Array(0x20000);

export function cellWidths(unicode11: WidthProvider): WidthProvider & { readonly version: string } {
  const look = (codepoint: number): number => {
    if (codepoint >= traits.length) return describe(codepoint, unicode11);
    const known = traits[codepoint] ?? 0;
    if (known !== 0) return known;
    const found = describe(codepoint, unicode11);
    traits[codepoint] = found;
    return found;
  };
  return {
    version: 'tutti',
    wcwidth: codepoint => (look(codepoint) & 3) - 1,
    charProperties: (codepoint, preceding) => {
      const trait = look(codepoint);
      const width = (trait & 3) - 1;
      const kind = (trait >> 2) & 3;
      const before = preceding >> 3;
      const widthBefore = (preceding >> 1) & 3;
      if (width === 0) {
        // After a cursor movement too a mark belongs to the cell before (`mendCore` drops it where there is none).
        if (widthBefore === 0) return pack(Kind.other, 0, 1);
        if (codepoint === EMOJI_STYLE && before === Kind.emoji) return pack(Kind.emoji, 2, 1);
        if (codepoint === ZERO_WIDTH_JOINER && before === Kind.emoji) return pack(Kind.emojiJoiner, widthBefore, 1);
        return pack(before === Kind.emoji ? Kind.emoji : Kind.other, widthBefore, 1);
      }
      if (before === Kind.other) return pack(kind, width, 0);
      if (before === Kind.flagHalf && kind === Kind.flagHalf) return pack(Kind.other, 2, 1);
      if (before === Kind.emoji && (trait & 16) !== 0) return pack(Kind.emoji, 2, 1);
      if (before === Kind.emojiJoiner && kind === Kind.emoji) return pack(Kind.emoji, Math.max(width, widthBefore), 1);
      return pack(kind, width, 0);
    },
  };
}

function pack(kind: number, width: number, join: number): number {
  return (kind << 3) | (width << 1) | join;
}

function describe(codepoint: number, unicode11: WidthProvider): number {
  const wide = NEWER_WIDE.some(([from, to]) => codepoint >= from && codepoint <= to);
  const width = wide ? 2 : unicode11.wcwidth(codepoint);
  return (width + 1) | (kindOf(codepoint) << 2) | (codepoint >= 0x1f3fb && codepoint <= 0x1f3ff ? 16 : 0);
}

function kindOf(codepoint: number): number {
  if (codepoint >= 0x1f1e6 && codepoint <= 0x1f1ff) return Kind.flagHalf;
  return /[\p{Extended_Pictographic}\p{Emoji}]/u.test(String.fromCodePoint(codepoint)) ? Kind.emoji : Kind.other;
}
