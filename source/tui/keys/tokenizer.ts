import { characterLength, scanSequence } from './scan-sequence.ts';
import type { Token } from './token.ts';

const ESC = 0x1b;
const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = Buffer.from('\x1b[201~');
const EMPTY = Buffer.alloc(0);

/**
 * Cuts what the terminal sends into tokens, however the reads split it. What is not whole yet is held; `flush` gives it out as
 * it stands when nothing more came in time.
 */
export class Tokenizer {
  #held: Buffer = EMPTY;
  /** Pieces of a paste whose end has not come. */
  #paste: Buffer[] | undefined;

  /** Undefined when nothing is held; `escape` for what is most likely a key by itself, `sequence` for what has begun as more. */
  get held(): 'escape' | 'sequence' | 'paste' | undefined {
    if (this.#paste) return 'paste';
    if (this.#held.length === 0) return undefined;
    return this.#held[0] === ESC && this.#held.length <= 2 ? 'escape' : 'sequence';
  }

  push(chunk: Buffer): Token[] {
    // Tokens are views of a buffer that the stream may use again: what is held is copied by concat or by `#hold`.
    let data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = EMPTY;
    const tokens: Token[] = [];
    while (data.length > 0) {
      const used = this.#paste ? this.#readPaste(data, tokens) : this.#readToken(data, tokens);
      if (used === 0) {
        this.#held = Buffer.from(data);
        break;
      }
      data = data.subarray(used);
    }
    return tokens;
  }

  /** Gives up waiting for the rest. */
  flush(): Token[] {
    if (this.#paste) {
      const content = Buffer.concat([...this.#paste, this.#held]);
      this.#paste = undefined;
      this.#held = EMPTY;
      return [{ type: 'paste', bytes: Buffer.concat([Buffer.from(PASTE_BEGIN), content]), content }];
    }
    const held = this.#held;
    this.#held = EMPTY;
    const first = held[0];
    if (first === undefined) return [];
    if (first !== ESC) return [{ type: 'stray', bytes: held }];
    if (held.length === 1) return [{ type: 'control', bytes: held, code: ESC }];
    const second = held[1] ?? 0;
    if (held.length > 2 || second >= 0x80) return [{ type: 'stray', bytes: held }];
    if (second !== ESC) return [{ type: 'escaped', bytes: held, text: String.fromCharCode(second) }];
    return [
      { type: 'control', bytes: held.subarray(0, 1), code: ESC },
      { type: 'control', bytes: held.subarray(1), code: ESC },
    ];
  }

  /** Bytes used; 0 when the token at the beginning is not whole. */
  #readToken(data: Buffer, tokens: Token[]): number {
    const first = data[0] ?? 0;
    if (first === ESC) {
      const token = scanSequence(data, 0);
      if (token === 'more') return 0;
      if (token.type === 'csi' && token.parameters === '200' && token.final === '~') this.#paste = [];
      else tokens.push(token);
      return token.bytes.length;
    }
    if (first < 0x20 || first === 0x7f) {
      tokens.push({ type: 'control', bytes: data.subarray(0, 1), code: first });
      return 1;
    }
    return readText(data, tokens);
  }

  #readPaste(data: Buffer, tokens: Token[]): number {
    const end = data.indexOf(PASTE_END);
    if (end === -1) {
      // The end may be split: only what cannot be its beginning is taken.
      const keep = heldBack(data);
      if (keep === data.length) return 0;
      this.#paste?.push(Buffer.from(data.subarray(0, data.length - keep)));
      return data.length - keep;
    }
    const content = Buffer.concat([...(this.#paste ?? []), data.subarray(0, end)]);
    this.#paste = undefined;
    tokens.push({ type: 'paste', bytes: Buffer.concat([Buffer.from(PASTE_BEGIN), content, PASTE_END]), content });
    return end + PASTE_END.length;
  }
}

/** A run of printable characters, cut before the first control character; 0 when its only character is not whole. */
function readText(data: Buffer, tokens: Token[]): number {
  let end = 0;
  while (end < data.length) {
    const byte = data[end] ?? 0;
    if (byte < 0x20 || byte === 0x7f) break;
    const length = characterLength(byte);
    if (byte >= 0x80 && length === 1) {
      if (end > 0) break;
      tokens.push({ type: 'stray', bytes: data.subarray(0, 1) });
      return 1;
    }
    const wrong = wrongContinuation(data, end, length);
    if (wrong !== undefined) {
      if (end > 0) break;
      tokens.push({ type: 'stray', bytes: data.subarray(0, wrong) });
      return wrong;
    }
    if (end + length > data.length) break;
    end += length;
  }
  if (end > 0) tokens.push({ type: 'text', bytes: data.subarray(0, end) });
  return end;
}

/** How many bytes stand before the one that does not continue the character; undefined where all that are there do. */
function wrongContinuation(data: Buffer, at: number, length: number): number | undefined {
  for (let index = 1; index < length && at + index < data.length; index++) {
    if (((data[at + index] ?? 0) & 0xc0) !== 0x80) return index;
  }
  return undefined;
}

/** Length of the longest beginning of the paste's end that the data ends with. */
function heldBack(data: Buffer): number {
  for (let length = Math.min(PASTE_END.length - 1, data.length); length > 0; length--) {
    if (data.subarray(data.length - length).equals(PASTE_END.subarray(0, length))) return length;
  }
  return 0;
}
