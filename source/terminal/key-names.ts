import type { TerminalModes } from './modes.ts';

export interface Key {
  /** A character, or one of `enter escape tab space backspace delete insert up down left right home end pageUp pageDown f1`…`f20`. */
  readonly name: string;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
}

export type KeyModes = Pick<TerminalModes, 'applicationCursor' | 'kittyFlags' | 'modifyOtherKeys'>;

/** Keys that end in a letter, and those that are a number and `~`. */
export const LETTER_KEYS: Readonly<Record<string, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  end: 'F',
  home: 'H',
  f1: 'P',
  f2: 'Q',
  f3: 'R',
  f4: 'S',
};

export const NUMBER_KEYS: Readonly<Record<string, number>> = {
  insert: 2,
  delete: 3,
  pageUp: 5,
  pageDown: 6,
  f5: 15,
  f6: 17,
  f7: 18,
  f8: 19,
  f9: 20,
  f10: 21,
  f11: 23,
  f12: 24,
  f13: 25,
  f14: 26,
  f15: 28,
  f16: 29,
  f17: 31,
  f18: 32,
  f19: 33,
  f20: 34,
};

/** 1 and the modifiers' bits, as in `CSI 1 ; m A`. */
export function modifierCode({ shift, alt, ctrl }: Key): number {
  return 1 + (shift ? 1 : 0) + (alt ? 2 : 0) + (ctrl ? 4 : 0);
}

/** A name that is the character itself. */
export function isCharacter(name: string): boolean {
  return [...name].length === 1 && !/[\x00-\x1f\x7f-\x9f]/.test(name);
}
