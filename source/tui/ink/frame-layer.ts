import { Writable } from 'node:stream';
import { Screen } from '../../terminal/screen.ts';

export interface FrameLayerOptions {
  readonly columns: number;
  readonly rows: number;
  /** A frame is whole: the compositor may take it. */
  readonly onFrame: () => void;
}

/** Ink marks its frames by DEC 2026; what is outside of the marks is whole by itself. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

const HOME_AND_ERASE = '\x1b[m\x1b[r\x1b[H\x1b[2J';

/** What Ink draws to instead of the terminal: its bytes become cells. The screen only ever holds whole frames. */
export class FrameLayer {
  readonly screen: Screen;
  readonly stdout: FrameStream;
  readonly #onFrame: () => void;
  #pending = '';
  #inFrame = false;
  #held = false;

  constructor(options: FrameLayerOptions) {
    const { columns, rows } = options;
    this.screen = new Screen({ columns, rows, scrollback: 0 });
    this.stdout = new FrameStream({ columns, rows, onText: text => this.#take(text) });
    this.#onFrame = options.onFrame;
  }

  /** Puts a frame there that is not Ink's: the first one. */
  draw(text: string): void {
    this.#pending += HOME_AND_ERASE + text;
    this.#show();
  }

  /** The next thing written begins on an empty screen. */
  erase(): void {
    this.#pending += HOME_AND_ERASE;
  }

  /** Shows no frame until `release`, with the new size. */
  hold(size: { readonly columns: number; readonly rows: number }): void {
    this.#held = true;
    this.#pending = '';
    this.stdout.columns = size.columns;
    this.stdout.rows = size.rows;
  }

  release(): void {
    this.#held = false;
    this.screen.resize(this.stdout.columns, this.stdout.rows);
    this.#show();
  }

  #take(text: string): void {
    for (const part of text.split(/(\x1b\[\?2026[hl])/)) {
      if (part === BEGIN) this.#inFrame = true;
      else if (part === END) this.#inFrame = false;
      // A terminal's driver does this for programs: Ink ends its lines with a bare line feed.
      else this.#pending += part.replaceAll('\n', '\r\n');
    }
    if (!this.#inFrame) this.#show();
  }

  #show(): void {
    if (this.#held || this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    this.screen.feed(Buffer.from(text));
    this.#onFrame();
  }
}

/** The stdout that Ink is given. */
export class FrameStream extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;

  constructor(options: {
    readonly columns: number;
    readonly rows: number;
    readonly onText: (text: string) => void;
  }) {
    super({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        options.onText(chunk.toString());
        done();
      },
    });
    this.columns = options.columns;
    this.rows = options.rows;
  }
}
