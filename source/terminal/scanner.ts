/** What a scanner finds, in the order of the bytes. */
export interface ScannerEvents {
  /** Text, controls, escape and control sequences: whole ones only, for xterm. */
  readonly onText: (text: string) => void;
  /** The body of a control string without introducer and terminator; `bytes` counts the whole of it, also what was not kept. */
  readonly onString: (string: ControlString) => void;
}

export interface ControlString {
  readonly kind: 'osc' | 'dcs' | 'apc';
  readonly body: Uint8Array;
  readonly terminator: '\x07' | '\x1b\\';
  /** Length from ESC to the terminator's end, both included. */
  readonly bytes: number;
  /** It was too long: `body` is only its beginning. */
  readonly cut: boolean;
}

type State = 'ground' | 'escape' | 'escapeMore' | 'csi' | 'tooLong' | 'string' | 'stringEscape';

const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;

/** A control sequence has at most 32 parameters for xterm: what is longer is garbage. */
const LONGEST_SEQUENCE = 1_024;
/** Longer strings are counted and dropped: images and clipboards, of which tutti keeps nothing. */
const LONGEST_STRING = 65_536;

/**
 * Cuts a program's output into pieces that are whole, so that xterm is at rest between any two of them, and takes the control
 * strings out: those are tutti's own affair. A piece that is not whole yet is held, never shown to xterm, and is all that a
 * snapshot has to say about the parser (`pending`). Invalid UTF-8 becomes U+FFFD, as in terminals.
 */
export class Scanner {
  readonly #events: ScannerEvents;
  #state: State = 'ground';
  /** Bytes of a sequence that began in an earlier chunk or has to be altered; in `ground` the start of a UTF-8 character. */
  #held: number[] = [];
  #kind = 0;
  #string = new Uint8Array(256);
  #length = 0;
  #tooLong = false;
  #total = 0;

  constructor(events: ScannerEvents) {
    this.#events = events;
  }

  /** What was fed since the last piece that was whole; feeding it to a fresh scanner brings it to the same state. */
  pending(): Uint8Array {
    if (this.#state === 'tooLong') return Buffer.from(`\x1b[${'0'.repeat(LONGEST_SEQUENCE)}`, 'latin1');
    if (this.#state !== 'string' && this.#state !== 'stringEscape') return Uint8Array.from(this.#held);
    // Too long a string has no effect, whatever is still to come: an unknown one stands for it.
    if (this.#tooLong) return Buffer.from(this.#kind === 0x5d ? '\x1b]!' : '\x1bX', 'latin1');
    const end = this.#state === 'stringEscape' ? [ESC] : [];
    return Buffer.concat([
      Uint8Array.of(ESC, this.#kind),
      this.#string.subarray(0, this.#length),
      Uint8Array.from(end),
    ]);
  }

  feed(bytes: Uint8Array): void {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#state === 'ground' && this.#held.length > 0) {
      chunk = Buffer.concat([Uint8Array.from(this.#held), chunk]);
      this.#held = [];
    }
    // Start of what goes to xterm next, and of the sequence being read; -1 when that one is in #held.
    let from = 0;
    let start = -1;
    for (let i = 0; i < chunk.length; i++) {
      if (this.#state === 'ground') {
        i = chunk.indexOf(ESC, i);
        if (i === -1) break;
        const end = endOfControlSequence(chunk, i);
        if (end > 0) {
          i = end;
          continue;
        }
        start = i;
        this.#state = 'escape';
        continue;
      }
      const byte = chunk[i] ?? 0;
      if (this.#state === 'string') {
        i = this.#readString(chunk, i);
        from = i + 1;
        continue;
      }
      if (this.#state === 'stringEscape') {
        from = i + 1;
        if (byte === 0x5c) {
          this.#endString('\x1b\\');
          continue;
        }
        // ESC and something else ends the string without effect and begins anew.
        this.#state = 'escape';
        this.#held = [ESC];
        start = -1;
      }
      if (byte === ESC) {
        if (start >= 0) this.#text(chunk, from, start);
        this.#abandon(start >= 0 ? chunk.subarray(start, i) : Uint8Array.from(this.#held));
        this.#held = [];
        from = start = i;
        this.#state = 'escape';
        continue;
      }
      const step = this.#advance(byte);
      if (step === 'skip') {
        if (start >= 0) {
          this.#text(chunk, from, start);
          this.#held = [...chunk.subarray(start, i)];
        }
        from = i + 1;
        start = -1;
        continue;
      }
      if (step === 'string') {
        if (start >= 0) this.#text(chunk, from, start);
        this.#abandon(start >= 0 ? chunk.subarray(start, i) : Uint8Array.from(this.#held));
        this.#beginString(byte);
        from = i + 1;
        start = -1;
        continue;
      }
      if (start < 0) {
        this.#held.push(byte);
        from = i + 1;
        if (step === 'done') this.#flushHeld();
      }
      if (step === 'done') {
        this.#state = 'ground';
        start = -1;
      } else if ((start < 0 ? this.#held.length : i + 1 - start) > LONGEST_SEQUENCE) {
        if (start >= 0) this.#text(chunk, from, start);
        this.#held = [];
        this.#state = 'tooLong';
        from = i + 1;
        start = -1;
      }
    }
    this.#endChunk(chunk, from, start);
  }

  /** Where the sequence goes with this byte. `skip`: the byte is no part of it (8-bit bytes in a sequence, as tmux does). */
  #advance(byte: number): 'more' | 'done' | 'skip' | 'string' {
    if (byte === CAN || byte === SUB) return this.#state === 'tooLong' ? this.#dropTooLong() : 'done';
    if (byte >= 0x7f) return 'skip';
    if (this.#state === 'tooLong') return byte >= 0x40 ? this.#dropTooLong() : 'skip';
    if (byte < 0x20) return 'more';
    if (this.#state === 'escape') {
      if (byte === 0x5b) this.#state = 'csi';
      else if (byte < 0x30) this.#state = 'escapeMore';
      else if (byte === 0x5d || byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) return 'string';
      else return 'done';
      return 'more';
    }
    return byte >= (this.#state === 'csi' ? 0x40 : 0x30) ? 'done' : 'more';
  }

  #dropTooLong(): 'skip' {
    this.#state = 'ground';
    return 'skip';
  }

  #beginString(kind: number): void {
    this.#state = 'string';
    this.#kind = kind;
    this.#held = [];
    this.#length = 0;
    this.#total = 2;
    this.#tooLong = false;
  }

  /** Reads on in a string; gives the index of the last byte it took. */
  #readString(chunk: Buffer, from: number): number {
    let i = from;
    for (; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === ESC || byte === CAN || byte === SUB || (byte === BEL && this.#kind === 0x5d)) break;
    }
    this.#keep(chunk.subarray(from, i));
    if (i === chunk.length) return i;
    const byte = chunk[i];
    if (byte === ESC) this.#state = 'stringEscape';
    else if (byte === BEL) this.#endString('\x07');
    else this.#state = 'ground';
    return i;
  }

  #keep(bytes: Uint8Array): void {
    this.#total += bytes.length;
    const room = LONGEST_STRING - this.#length;
    if (bytes.length > room) this.#tooLong = true;
    const kept = bytes.length > room ? bytes.subarray(0, room) : bytes;
    if (this.#length + kept.length > this.#string.length) {
      const grown = new Uint8Array(Math.min(LONGEST_STRING, (this.#length + kept.length) * 2));
      grown.set(this.#string.subarray(0, this.#length));
      this.#string = grown;
    }
    this.#string.set(kept, this.#length);
    this.#length += kept.length;
  }

  #endString(terminator: '\x07' | '\x1b\\'): void {
    this.#state = 'ground';
    const kind = this.#kind === 0x5d ? 'osc' : this.#kind === 0x50 ? 'dcs' : this.#kind === 0x5f ? 'apc' : undefined;
    if (kind === undefined) return;
    // Of a string that was too long only its beginning is left: enough to say what it was.
    const body = this.#string.slice(0, this.#tooLong ? Math.min(this.#length, 16) : this.#length);
    this.#events.onString({ kind, body, terminator, bytes: this.#total + terminator.length, cut: this.#tooLong });
  }

  /** Controls inside a sequence count, also when nothing else comes of it. */
  #abandon(sequence: Uint8Array): void {
    const controls = sequence.filter(byte => byte < 0x20 && byte !== ESC);
    if (controls.length > 0) this.#events.onText(Buffer.from(controls).toString('latin1'));
  }

  #flushHeld(): void {
    this.#events.onText(Buffer.from(this.#held).toString('latin1'));
    this.#held = [];
  }

  #text(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.#events.onText(chunk.toString('utf8', from, to));
  }

  #endChunk(chunk: Buffer, from: number, start: number): void {
    if (this.#state !== 'ground') {
      if (start < 0) return;
      this.#text(chunk, from, start);
      this.#held = [...chunk.subarray(start)];
      return;
    }
    const end = chunk.length - partialCharacter(chunk, from);
    this.#text(chunk, from, end);
    this.#held = [...chunk.subarray(Math.max(end, from))];
  }
}

/** The fast way for nearly all: index of the last byte of a control sequence that is plain and whole, else -1. */
function endOfControlSequence(chunk: Uint8Array, start: number): number {
  if (chunk[start + 1] !== 0x5b) return -1;
  const limit = Math.min(chunk.length, start + LONGEST_SEQUENCE);
  for (let i = start + 2; i < limit; i++) {
    const byte = chunk[i] ?? 0;
    if (byte >= 0x40 && byte < 0x7f) return i;
    if (byte < 0x20 || byte > 0x3f) return -1;
  }
  return -1;
}

/** How many bytes at the end are the beginning of a character that more bytes may complete. */
function partialCharacter(chunk: Uint8Array, from: number): number {
  for (let back = 1; back <= 3 && chunk.length - back >= from; back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}
