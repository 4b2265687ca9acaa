const PASTE_BEGINS = '\x1b[200~';
const PASTE_ENDS = '\x1b[201~';

/** Enter in the kitty protocol without a modifier that counts, pressed or repeated: `CSI 13 u`, `CSI 13 ; 1 u`, `CSI 13 ; 1 : 1 u`. */
const KITTY_ENTER = /\x1b\[13(?:;(?:1|65|129|193)?(?::[12])?)?u/;

/**
 * Tells whether typed bytes end a line. A line break inside a bracketed paste ends none, wherever the paste is cut into pieces;
 * so each client has a scan of its own.
 */
export class SubmitScan {
  #pasting = false;
  #held = '';

  submits(bytes: Uint8Array): boolean {
    let text = this.#held + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    this.#held = beginningOfMark(text);
    text = text.slice(0, text.length - this.#held.length);
    let found = false;
    while (text !== '') {
      const at = text.indexOf(this.#pasting ? PASTE_ENDS : PASTE_BEGINS);
      const part = at === -1 ? text : text.slice(0, at);
      if (!this.#pasting && (part.includes('\r') || KITTY_ENTER.test(part))) found = true;
      if (at === -1) break;
      text = text.slice(at + PASTE_BEGINS.length);
      this.#pasting = !this.#pasting;
    }
    return found;
  }
}

/** The end of the text that may become a paste mark with what comes next. A lone ESC is the key, not a beginning. */
function beginningOfMark(text: string): string {
  for (let length = PASTE_BEGINS.length - 1; length >= 2; length--) {
    const end = text.slice(-length);
    if (end.length === length && (PASTE_BEGINS.startsWith(end) || PASTE_ENDS.startsWith(end))) return end;
  }
  return '';
}
