/** Bytes written one after the other into one growing buffer. */
export class ByteSink {
  #bytes: Buffer = Buffer.allocUnsafe(16_384);
  #length = 0;

  /** Text of ASCII only. */
  ascii(text: string): void {
    this.#grow(text.length);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  utf8(text: string): void {
    this.#grow(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  bytes(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  codepoint(codepoint: number): void {
    this.#grow(4);
    const bytes = this.#bytes;
    if (codepoint < 0x80) {
      bytes[this.#length++] = codepoint;
      return;
    }
    if (codepoint < 0x800) {
      bytes[this.#length++] = 0xc0 | (codepoint >> 6);
    } else {
      if (codepoint < 0x10000) {
        bytes[this.#length++] = 0xe0 | (codepoint >> 12);
      } else {
        bytes[this.#length++] = 0xf0 | (codepoint >> 18);
        bytes[this.#length++] = 0x80 | ((codepoint >> 12) & 63);
      }
      bytes[this.#length++] = 0x80 | ((codepoint >> 6) & 63);
    }
    bytes[this.#length++] = 0x80 | (codepoint & 63);
  }

  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(by: number): void {
    if (this.#length + by <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe((this.#length + by) * 2);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
