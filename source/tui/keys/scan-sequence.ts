import type { Token } from './token.ts';

/** The token that begins at `at`, which is an ESC; `more` when its end is not there yet. */
export function scanSequence(data: Buffer, at: number): Token | 'more' {
  const second = data[at + 1];
  if (second === undefined) return 'more';
  if (second === ESC) return scanDoubleEscape(data, at);
  if (second === BRACKET) return scanCsi(data, at, 2);
  if (second === LETTER_O) return scanSs3(data, at, 2);
  if (second === 0x5d || second === 0x50 || second === 0x5f) return scanString(data, at);
  return scanEscaped(data, at);
}

const ESC = 0x1b;
const BRACKET = 0x5b;
const LETTER_O = 0x4f;

/** No sequence of a terminal's is longer; without a limit a stray ESC [ would hold back what is typed after it. */
const LONGEST_CSI = 128;
const LONGEST_STRING = 4096;

/** ESC ESC: alt with an arrow where a sequence follows, else the escape key and something else. */
function scanDoubleEscape(data: Buffer, at: number): Token | 'more' {
  const third = data[at + 2];
  if (third === undefined) return 'more';
  if (third === BRACKET) return scanCsi(data, at, 3);
  if (third === LETTER_O) return scanSs3(data, at, 3);
  return escapeKey(data, at);
}

function scanCsi(data: Buffer, at: number, prefix: number): Token | 'more' {
  const begin = at + prefix;
  const alt = prefix === 3;
  for (let index = begin; index < data.length; index++) {
    const byte = data[index] ?? 0;
    const first = index === begin;
    if (first && byte === 0x4d) {
      if (alt) return escapeKey(data, at);
      if (data.length < begin + 4) return 'more';
      return { type: 'x10Mouse', bytes: data.subarray(at, begin + 4) };
    }
    // The Linux console says F1 to F5 as CSI [ A to CSI [ E.
    if (first && byte === BRACKET) continue;
    const shiftedByRxvt = byte === 0x24 && /^\d+$/.test(data.toString('latin1', begin, index));
    if (shiftedByRxvt || (byte >= 0x40 && byte <= 0x7e)) {
      const parameters = data.toString('latin1', begin, index);
      const final = String.fromCharCode(byte);
      // The escape key, and then a paste, a click or an answer: what no key sends is never alt with something.
      if (alt && !isKey(parameters, final)) return escapeKey(data, at);
      return { type: 'csi', bytes: data.subarray(at, index + 1), parameters, final, alt };
    }
    if (byte < 0x20 || byte > 0x3f || index - begin > LONGEST_CSI) {
      return first && !alt ? scanEscaped(data, at) : stray(data, at, index);
    }
  }
  return 'more';
}

function isKey(parameters: string, final: string): boolean {
  return /^\[?[\d;:]*$/.test(parameters) && /^[A-HP-SZa-du~^$@]$/.test(final) && !/^20[01]$/.test(parameters);
}

function scanSs3(data: Buffer, at: number, prefix: number): Token | 'more' {
  const begin = at + prefix;
  for (let index = begin; index < data.length; index++) {
    const byte = data[index] ?? 0;
    if (byte >= 0x40 && byte <= 0x7e) {
      const parameters = data.toString('latin1', begin, index);
      const bytes = data.subarray(at, index + 1);
      return { type: 'ss3', bytes, parameters, final: String.fromCharCode(byte), alt: prefix === 3 };
    }
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (isDigit && index === begin) continue;
    return index === begin && prefix === 2 ? scanEscaped(data, at) : stray(data, at, index);
  }
  return 'more';
}

/** How the answers begin that a terminal gives in strings. What begins otherwise is alt with `]`, `P` or `_`, typed. */
const ANSWERS: Readonly<Record<string, RegExp>> = { ']': /^\d/, P: /^[01>!]/, _: /^G/ };

function scanString(data: Buffer, at: number): Token | 'more' {
  const kind = String.fromCharCode(data[at + 1] ?? 0);
  if (data.length === at + 2) return 'more';
  if (!ANSWERS[kind]?.test(String.fromCharCode(data[at + 2] ?? 0))) return scanEscaped(data, at);
  for (let index = at + 2; index < data.length; index++) {
    const byte = data[index];
    const byBell = byte === 0x07;
    const byEscape = byte === ESC && data[index + 1] === 0x5c;
    if (byBell || byEscape) {
      const bytes = data.subarray(at, index + (byBell ? 1 : 2));
      return { type: 'string', bytes, kind: kind as ']' | 'P' | '_', body: data.toString('utf8', at + 2, index) };
    }
    if (byte === ESC && index + 1 === data.length) return 'more';
    if (byte === ESC || index - at > LONGEST_STRING) return stray(data, at, index);
  }
  return 'more';
}

function scanEscaped(data: Buffer, at: number): Token | 'more' {
  const length = characterLength(data[at + 1] ?? 0);
  if (data.length < at + 1 + length) return 'more';
  const bytes = data.subarray(at, at + 1 + length);
  return { type: 'escaped', bytes, text: bytes.toString('utf8', 1) };
}

function escapeKey(data: Buffer, at: number): Token {
  return { type: 'control', bytes: data.subarray(at, at + 1), code: ESC };
}

function stray(data: Buffer, at: number, end: number): Token {
  return { type: 'stray', bytes: data.subarray(at, end) };
}

/** Bytes of the UTF-8 character that begins with this one; what cannot begin one counts as one. */
export function characterLength(byte: number): number {
  if (byte >= 0xf0 && byte <= 0xf4) return 4;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  return 1;
}
