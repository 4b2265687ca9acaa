import { isCharacter, type Key, LETTER_KEYS, modifierCode, NUMBER_KEYS } from './key-names.ts';

/** Flags of the kitty keyboard protocol that change what a press sends. */
const Flag = { alternateKeys: 4, allKeys: 8, text: 16 } as const;

const CODES: Readonly<Record<string, number>> = { enter: 13, tab: 9, escape: 27, backspace: 127, space: 32 };

/** Enter, Tab and Backspace stay what they were until all keys are asked for, so that a lost program's user can still type `reset`. */
const LEGACY: Readonly<Record<string, string>> = { enter: '\r', tab: '\t', backspace: '\x7f' };

/** A key's press in the kitty keyboard protocol, with any flag set. */
export function kittyKey(key: Key, flags: number): string | undefined {
  const modifiers = modifierCode(key);
  const letter = key.name === 'f3' ? undefined : LETTER_KEYS[key.name];
  if (letter !== undefined) return modifiers > 1 ? `\x1b[1;${modifiers}${letter}` : `\x1b[${letter}`;
  // F3's letter is the answer to a cursor position query.
  const number = key.name === 'f3' ? 13 : NUMBER_KEYS[key.name];
  if (number !== undefined) return modifiers > 1 ? `\x1b[${number};${modifiers}~` : `\x1b[${number}~`;
  const all = (flags & Flag.allKeys) !== 0;
  const legacy = LEGACY[key.name];
  if (legacy !== undefined && modifiers === 1 && !all) return legacy;
  const code = CODES[key.name];
  if (code !== undefined && key.name !== 'space') return `\x1b[${code}${modifiers > 1 ? `;${modifiers}` : ''}u`;
  if (code === undefined && !isCharacter(key.name)) return undefined;
  return character(key, flags);
}

function character(key: Key, flags: number): string {
  const typed = key.name === 'space' ? ' ' : key.name;
  const lower = typed.toLowerCase();
  // A capital is its key with shift: the code is always that of the key itself.
  const isCapital = lower !== typed && [...lower].length === 1;
  const modifiers = modifierCode({ ...key, shift: key.shift === true || isCapital });
  const isText = !key.ctrl && !key.alt;
  if (isText && (flags & Flag.allKeys) === 0) return key.shift && !isCapital ? typed.toUpperCase() : typed;
  const shifted = (flags & Flag.alternateKeys) !== 0 && isCapital ? `:${typed.codePointAt(0)}` : '';
  const text = (flags & Flag.text) !== 0 && isText ? `;${typed.codePointAt(0)}` : '';
  return `\x1b[${lower.codePointAt(0)}${shifted}${modifiers > 1 || text ? `;${modifiers > 1 ? modifiers : ''}` : ''}${text}u`;
}
