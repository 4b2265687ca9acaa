/** Names of keys in the encodings of xterm, rxvt, the Linux console and kitty. */

/** CSI … letter. */
export const CSI_LETTERS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** CSI number ~ (and rxvt's $ ^ @). */
export const CSI_NUMBERS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageUp',
  6: 'pageDown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
};

/** CSI [ letter of the Linux console. */
export const CONSOLE_LETTERS: Readonly<Record<string, string>> = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

/** rxvt: CSI with shift, SS3 with ctrl. */
export const RXVT_LETTERS: Readonly<Record<string, string>> = { a: 'up', b: 'down', c: 'right', d: 'left' };

/** SS3 letter: application cursor keys, F1 to F4, and the keypad in application mode. */
export const SS3_LETTERS: Readonly<Record<string, string>> = {
  ...CSI_LETTERS,
  M: 'enter',
  I: 'tab',
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  p: '0',
  q: '1',
  r: '2',
  s: '3',
  t: '4',
  u: '5',
  v: '6',
  w: '7',
  x: '8',
  y: '9',
  X: '=',
};

const KITTY_KEYPAD = [
  ...'0123456789./*-+',
  'enter',
  '=',
  ',',
  'left',
  'right',
  'up',
  'down',
  'pageUp',
  'pageDown',
  'home',
  'end',
  'insert',
  'delete',
  'begin',
];

/** The key of a kitty code or a modifyOtherKeys code: a name, or a character. Undefined for keys without a meaning here (shift by itself, caps lock, media keys). */
export function keyOfCode(code: number): string | undefined {
  if (code === 13) return 'enter';
  if (code === 9) return 'tab';
  if (code === 27) return 'escape';
  if (code === 32) return 'space';
  if (code === 8 || code === 127) return 'backspace';
  if (code >= 57376 && code <= 57398) return `f${code - 57376 + 13}`;
  if (code >= 57399 && code <= 57427) return KITTY_KEYPAD[code - 57399];
  if (code >= 57344 && code <= 63743) return undefined;
  return code > 32 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
