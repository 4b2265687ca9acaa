import { graphemes } from '../../text/width.ts';
import type { KeyEvent } from './input-event.ts';
import { CONSOLE_LETTERS, CSI_LETTERS, CSI_NUMBERS, keyOfCode, RXVT_LETTERS, SS3_LETTERS } from './key-tables.ts';
import type { Token } from './token.ts';

/** The keys of a token. None for a key's release, for a modifier by itself, and for what is no key. */
export function decodeKeys(token: Token): KeyEvent[] {
  switch (token.type) {
    case 'text':
      return decodeText(token.bytes);
    case 'control':
      return [decodeControl(token.code, token.bytes)];
    case 'escaped':
      return [decodeEscaped(token.text, token.bytes)];
    case 'csi': {
      const event = decodeCsi(token);
      return event ? [event] : [];
    }
    case 'ss3': {
      const event = decodeSs3(token);
      return event ? [event] : [];
    }
    case 'x10Mouse':
    case 'string':
    case 'paste':
    case 'stray':
      return [];
    default:
      return token satisfies never;
  }
}

interface Modifiers {
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
}

function key(name: string, raw: Buffer, modifiers: Modifiers = {}): KeyEvent {
  const { ctrl = false, alt = false, shift = false } = modifiers;
  const isCharacter = name === 'space' || isSingle(name);
  const text = isCharacter && !ctrl && !alt ? (name === 'space' ? ' ' : name) : '';
  // The character itself says whether it was shifted, so that `J` is one key in every terminal.
  return { type: 'key', name, ctrl, alt, shift: shift && !isSingle(name), text, raw };
}

function isSingle(name: string): boolean {
  return name.length === 1 || (name.codePointAt(0) ?? 0) > 0x7f;
}

function decodeText(bytes: Buffer): KeyEvent[] {
  return Array.from(graphemes(bytes.toString()), ({ segment }) =>
    key(segment === ' ' ? 'space' : segment, Buffer.from(segment)),
  );
}

function decodeControl(code: number, raw: Buffer, modifiers: Modifiers = {}): KeyEvent {
  if (code === 0x00) return key('space', raw, { ...modifiers, ctrl: true });
  if (code === 0x09) return key('tab', raw, modifiers);
  if (code === 0x0d) return key('enter', raw, modifiers);
  if (code === 0x1b) return key('escape', raw, modifiers);
  // Which of the two the backspace key sends is a setting of the terminal; ctrl-h has no use of its own.
  if (code === 0x08 || code === 0x7f) return key('backspace', raw, modifiers);
  const letter = String.fromCharCode(code + 0x40).toLowerCase();
  return key(letter, raw, { ...modifiers, ctrl: true });
}

function decodeEscaped(text: string, raw: Buffer): KeyEvent {
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return decodeControl(code, raw, { alt: true });
  return key(text === ' ' ? 'space' : text, raw, { alt: true });
}

function decodeCsi(token: Extract<Token, { type: 'csi' }>): KeyEvent | undefined {
  const { parameters, final, bytes, alt } = token;
  if (parameters.startsWith('[')) return named(CONSOLE_LETTERS[final], bytes, { alt });
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  if (final === 'Z') return key('tab', bytes, { alt, shift: true });
  if (final in RXVT_LETTERS && parameters === '') return named(RXVT_LETTERS[final], bytes, { alt, shift: true });
  const fields = parameters.split(';').map(field => field.split(':').map(part => Number.parseInt(part, 10)));
  const first = fields[0]?.[0] ?? Number.NaN;
  if (final === 'u') return decodeKitty(fields, bytes);
  if (final === '~' && first === 27 && fields.length === 3) return decodeOtherKey(fields, bytes);
  const read = readModifiers(fields[1], alt);
  if (!read) return undefined;
  if (final === '~') return named(CSI_NUMBERS[first], bytes, read);
  if (final === '$') return named(CSI_NUMBERS[first], bytes, { alt, shift: true });
  if (final === '^') return named(CSI_NUMBERS[first], bytes, { alt, ctrl: true });
  if (final === '@') return named(CSI_NUMBERS[first], bytes, { alt, ctrl: true, shift: true });
  return fields.length <= 2 ? named(CSI_LETTERS[final], bytes, read) : undefined;
}

function decodeSs3(token: Extract<Token, { type: 'ss3' }>): KeyEvent | undefined {
  const { parameters, final, bytes, alt } = token;
  if (final in RXVT_LETTERS && parameters === '') return named(RXVT_LETTERS[final], bytes, { alt, ctrl: true });
  const read = readModifiers(parameters === '' ? undefined : [Number(parameters)], alt);
  return read && named(SS3_LETTERS[final], bytes, read);
}

/** CSI code:shifted:base ; modifiers:event ; text u */
function decodeKitty(fields: readonly (readonly number[])[], raw: Buffer): KeyEvent | undefined {
  const [code = Number.NaN, shifted] = fields[0] ?? [];
  const read = readModifiers(fields[1], false);
  const name = keyOfCode(code);
  if (!read || name === undefined) return undefined;
  const typed = (fields[2] ?? []).filter(point => point >= 0x20 && point <= 0x10ffff);
  if (typed.length > 0 && !read.ctrl && !read.alt) {
    const text = String.fromCodePoint(...typed);
    return key(text === ' ' ? 'space' : text, raw, read);
  }
  if (!isSingle(name) || !read.shift) return key(name, raw, read);
  const upper = shifted ? keyOfCode(shifted) : name.toUpperCase();
  return key(upper ?? name, raw, read);
}

/** xterm's modifyOtherKeys: CSI 27 ; modifiers ; code ~ */
function decodeOtherKey(fields: readonly (readonly number[])[], raw: Buffer): KeyEvent | undefined {
  const read = readModifiers(fields[1], false);
  const name = keyOfCode(fields[2]?.[0] ?? Number.NaN);
  return read && named(name, raw, read);
}

function named(name: string | undefined, raw: Buffer, modifiers: Modifiers): KeyEvent | undefined {
  return name === undefined ? undefined : key(name, raw, modifiers);
}

/** Undefined when the key goes up, or super or hyper is held: those are no keys of ours. */
function readModifiers(field: readonly number[] | undefined, alt: boolean): Modifiers | undefined {
  const [given, event] = field ?? [];
  if (event === 3) return undefined;
  const bits = given && given > 0 ? given - 1 : 0;
  const superOrHyper = 8 | 16;
  if (bits & superOrHyper) return undefined;
  const altOrMeta = 2 | 32;
  return { shift: (bits & 1) !== 0, alt: alt || (bits & altOrMeta) !== 0, ctrl: (bits & 4) !== 0 };
}
