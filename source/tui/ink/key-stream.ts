import { Readable } from 'node:stream';
import type { KeyEvent } from '../keys/input-event.ts';

/** A stdin for Ink that gives it one event for each key, however fast they are typed. It is no terminal: raw mode is a word here. */
export class KeyStream extends Readable {
  readonly isTTY = true;

  constructor() {
    // In object mode a read is one chunk, so "jjk" is three keys and not a text.
    super({ objectMode: true, read: () => {} });
  }

  key(event: KeyEvent): void {
    // A lone ESC is held by Ink for 20 ms, as it may begin a sequence; this way of saying it may not.
    if (event.name === 'escape' && !event.ctrl && !event.alt && !event.shift) this.push('\x1b[27u');
    else this.push(event.text === '' ? event.raw.toString() : event.text);
  }

  paste(text: string): void {
    this.push(`\x1b[200~${text.replaceAll('\x1b[201~', '')}\x1b[201~`);
  }

  override setEncoding(): this {
    return this;
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
