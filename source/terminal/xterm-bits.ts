/** How xterm.js 6.0.0 packs a cell into its three words (its `Constants.ts`). */

export const CELL_WORDS = 3;

export const Content = { codepointMask: 0x1fffff, combined: 0x200000, hasContent: 0x3fffff, widthShift: 22 } as const;

/** Colours: a mode in bits 24–25, then a palette index or RGB. */
export const Color = {
  modeMask: 0x3000000,
  palette16: 0x1000000,
  palette256: 0x2000000,
  rgb: 0x3000000,
  paletteMask: 0xff,
  rgbMask: 0xffffff,
} as const;

export const ForegroundFlag = {
  inverse: 0x4000000,
  bold: 0x8000000,
  underline: 0x10000000,
  blink: 0x20000000,
  invisible: 0x40000000,
  strike: 0x80000000,
} as const;

export const BackgroundFlag = {
  italic: 0x4000000,
  dim: 0x8000000,
  extended: 0x10000000,
  protected: 0x20000000,
  overline: 0x40000000,
} as const;

export const Extended = { colorMask: 0x3ffffff, styleMask: 0x1c000000, styleShift: 26 } as const;
