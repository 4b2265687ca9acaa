/**
 * Whether terminals may disagree about how many columns a cell's text takes: everything wide, everything of more than one code
 * point, and every script but the ones that have one width everywhere. After such a cell nobody knows where the cursor is.
 */
export function isDoubtful(text: string): boolean {
  if (text.length > 1) return true;
  // Never written: a blank.
  if (text === '') return false;
  const code = text.charCodeAt(0);
  if (code < 0x300) return code === 0xad;
  const greekOrCyrillic = code >= 0x370 && code < 0x530;
  const boxesOrBlocks = code >= 0x2500 && code < 0x25a0;
  const braille = code >= 0x2800 && code < 0x2900;
  return !greekOrCyrillic && !boxesOrBlocks && !braille;
}

/** Ideographs, kana and hangul: two columns in every terminal. */
export function isSurelyWide(text: string): boolean {
  const code = text.codePointAt(0) ?? 0;
  const cjk = code >= 0x3041 && code <= 0x9fff;
  const hangul = code >= 0xac00 && code <= 0xd7a3;
  const fullWidth = code >= 0xff01 && code <= 0xff60;
  return text.length === 1 && (cjk || hangul || fullWidth);
}

// Bidi controls and invisible characters would act on what stands beside the pane. ZWJ and variation selectors are parts of emoji.
const HARMFUL = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What is written for a cell. Plain ASCII is itself; the rest is looked at, as a program chose it. */
export function safeText(text: string): string {
  if (text === '') return ' ';
  if (text.length === 1) {
    const code = text.charCodeAt(0);
    if (code >= 0x20 && code < 0x7f) return text;
  }
  const clean = text.replace(HARMFUL, '');
  return clean === '' ? ' ' : clean;
}
