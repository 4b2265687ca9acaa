import { isCharacter, type Key, type KeyModes, LETTER_KEYS, modifierCode, NUMBER_KEYS } from './key-names.ts';
import { kittyKey } from './kitty-key.ts';

const PLAIN: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  escape: '\x1b',
  backspace: '\x7f',
  space: ' ',
};

/** A key as this program's keyboard sends it. Undefined for a name that is no key. */
export function encodeKey(key: Key, modes: KeyModes): Uint8Array | undefined {
  const text = modes.kittyFlags > 0 ? kittyKey(key, modes.kittyFlags) : legacyKey(key, modes);
  return text === undefined ? undefined : Buffer.from(text);
}

function legacyKey(key: Key, modes: KeyModes): string | undefined {
  const modifiers = modifierCode(key);
  const letter = LETTER_KEYS[key.name];
  if (letter !== undefined) {
    if (modifiers > 1) return `\x1b[1;${modifiers}${letter}`;
    return modes.applicationCursor || letter >= 'P' ? `\x1bO${letter}` : `\x1b[${letter}`;
  }
  const number = NUMBER_KEYS[key.name];
  if (number !== undefined) return modifiers > 1 ? `\x1b[${number};${modifiers}~` : `\x1b[${number}~`;
  const plain = PLAIN[key.name] ?? (isCharacter(key.name) ? key.name : undefined);
  if (plain === undefined) return undefined;
  if (key.name === 'tab' && modifiers === 2) return '\x1b[Z';
  const code = (key.name === 'backspace' ? '\x7f' : plain).codePointAt(0) ?? 0;
  if (isOtherKey(key, modes.modifyOtherKeys)) return `\x1b[27;${modifiers};${code}~`;
  const sent = key.ctrl ? (controlCharacter(key.name) ?? plain) : plain;
  return key.alt ? `\x1b${sent}` : sent;
}

/** modifyOtherKeys: level 1 for what has no encoding of its own, level 2 for everything that ctrl or alt modifies. */
function isOtherKey(key: Key, level: number): boolean {
  if (level === 0 || modifierCode(key) === 1) return false;
  const special = PLAIN[key.name] !== undefined && key.name !== 'space';
  if (level === 1)
    return special ? key.name !== 'escape' && !key.alt : key.ctrl === true && controlCharacter(key.name) === undefined;
  return special || key.ctrl === true || key.alt === true;
}

/** What ctrl makes of a key, as in xterm; undefined where it makes nothing. */
function controlCharacter(name: string): string | undefined {
  if (name === 'backspace') return '\b';
  if (name === 'space' || name === '2') return '\0';
  if (/^[a-z[\\\]^_@]$/i.test(name)) return String.fromCharCode((name.toUpperCase().codePointAt(0) ?? 0) & 0x1f);
  if (/^[3-7]$/.test(name)) return String.fromCharCode(Number(name) + 24);
  if (name === '8' || name === '?') return '\x7f';
  return name === '/' ? '\x1f' : undefined;
}
