import { Attribute, TRUE_COLOR } from './cells.ts';
import { cellAttributes, cellColor } from './pen.ts';
import { BackgroundFlag, Color, ForegroundFlag } from './xterm-bits.ts';

/**
 * The two attribute words that xterm keeps for a cell, a pen or a saved cursor, in a form that outlives its version:
 * attributes without the underline's style, colours, and three marks that have no place among them.
 */
export type AttributeNumbers = readonly [attributes: number, foreground: number, background: number, marks: number];

const Mark = { protected: 1, extended: 2, underlined: 4 } as const;

export function fromWords({ fg, bg }: { readonly fg: number; readonly bg: number }): AttributeNumbers {
  const marks =
    ((bg & BackgroundFlag.protected) !== 0 ? Mark.protected : 0) |
    ((bg & BackgroundFlag.extended) !== 0 ? Mark.extended : 0) |
    ((fg & ForegroundFlag.underline) !== 0 ? Mark.underlined : 0);
  return [cellAttributes(fg, bg, undefined) & ~Attribute.underlineMask, cellColor(fg), cellColor(bg), marks];
}

export function toWords([attributes, foreground, background, marks]: AttributeNumbers): {
  readonly fg: number;
  readonly bg: number;
} {
  const flag = (bit: number, word: number) => ((attributes & bit) !== 0 ? word : 0);
  return {
    fg:
      colorWord(foreground) |
      flag(Attribute.bold, ForegroundFlag.bold) |
      flag(Attribute.blink, ForegroundFlag.blink) |
      flag(Attribute.inverse, ForegroundFlag.inverse) |
      flag(Attribute.invisible, ForegroundFlag.invisible) |
      flag(Attribute.strike, ForegroundFlag.strike) |
      ((marks & Mark.underlined) !== 0 ? ForegroundFlag.underline : 0),
    bg:
      colorWord(background) |
      flag(Attribute.italic, BackgroundFlag.italic) |
      flag(Attribute.dim, BackgroundFlag.dim) |
      flag(Attribute.overline, BackgroundFlag.overline) |
      ((marks & Mark.protected) !== 0 ? BackgroundFlag.protected : 0) |
      ((marks & Mark.extended) !== 0 ? BackgroundFlag.extended : 0),
  };
}

export function colorWord(color: number): number {
  if (color < 0) return 0;
  if (color >= TRUE_COLOR) return Color.rgb | (color & Color.rgbMask);
  return color < 16 ? Color.palette16 | color : Color.palette256 | (color & Color.paletteMask);
}
