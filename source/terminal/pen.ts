import { Attribute, TRUE_COLOR } from './cells.ts';
import { BackgroundFlag, Color, Extended, ForegroundFlag } from './xterm-bits.ts';
import type { CoreAttributes, CoreExtended } from './xterm-core.ts';

/** How a cell is drawn, in this room's own terms. */
export interface Pen {
  readonly foreground: number;
  readonly background: number;
  readonly underline: number;
  /** Bits of `Attribute`. */
  readonly attributes: number;
  readonly protected: boolean;
  /** Number in the link table; 0 is none. */
  readonly link: number;
}

/** Bits of `Attribute` by the top six bits of a cell's words: a look-up for each cell instead of eleven tests. */
const FOREGROUND_FLAGS = Uint16Array.from({ length: 64 }, (_, bits) => {
  const word = bits * 2 ** 26;
  const has = (flag: number) => Math.floor(word / flag) % 2 === 1;
  return (
    (has(ForegroundFlag.bold) ? Attribute.bold : 0) |
    (has(ForegroundFlag.blink) ? Attribute.blink : 0) |
    (has(ForegroundFlag.inverse) ? Attribute.inverse : 0) |
    (has(ForegroundFlag.invisible) ? Attribute.invisible : 0) |
    (has(ForegroundFlag.strike) ? Attribute.strike : 0)
  );
});

const BACKGROUND_FLAGS = Uint16Array.from({ length: 64 }, (_, bits) => {
  const word = bits * 2 ** 26;
  const has = (flag: number) => Math.floor(word / flag) % 2 === 1;
  return (
    (has(BackgroundFlag.italic) ? Attribute.italic : 0) |
    (has(BackgroundFlag.dim) ? Attribute.dim : 0) |
    (has(BackgroundFlag.overline) ? Attribute.overline : 0)
  );
});

export function cellColor(word: number): number {
  const mode = word & Color.modeMask;
  if (mode === 0) return -1;
  return mode === Color.rgb ? TRUE_COLOR | (word & Color.rgbMask) : word & Color.paletteMask;
}

/** Without `extended` an underline is a single one. */
export function cellAttributes(fg: number, bg: number, extended: CoreExtended | undefined): number {
  const plain = (FOREGROUND_FLAGS[fg >>> 26] ?? 0) | (BACKGROUND_FLAGS[bg >>> 26] ?? 0);
  if ((fg & ForegroundFlag.underline) === 0) return plain;
  const style = extended ? (extended._ext & Extended.styleMask) >>> Extended.styleShift : 1;
  return plain | ((style || 1) << Attribute.underlineShift);
}

export function underlineColor(extended: CoreExtended | undefined): number {
  return extended ? cellColor(extended._ext & Extended.colorMask) : -1;
}

export function pen({ fg, bg, extended }: CoreAttributes): Pen {
  const more = (bg & BackgroundFlag.extended) !== 0 ? extended : undefined;
  return {
    foreground: cellColor(fg),
    background: cellColor(bg),
    underline: underlineColor(more),
    attributes: cellAttributes(fg, bg, more),
    protected: (bg & BackgroundFlag.protected) !== 0,
    link: more?._urlId ?? 0,
  };
}
