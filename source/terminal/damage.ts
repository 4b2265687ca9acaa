import { cellText } from './paint.ts';
import { BackgroundFlag, CELL_WORDS, Content, Extended } from './xterm-bits.ts';
import type { Core, CoreLine } from './xterm-core.ts';

export interface Damage {
  /** Every row changed, or the size did. */
  readonly all: boolean;
  /** By row of the screen, 1 where a cell changed. */
  readonly rows: Uint8Array;
  /** It moved, or looks different. */
  readonly cursor: boolean;
}

/** A blank cell however it came about: erased, or a space in default colours. */
const BLANK = 0x20 | (1 << Content.widthShift);

/**
 * Which cells changed since somebody last asked, by comparing with a copy: a redraw of the same cells is no change. Only rows
 * that xterm has touched are compared.
 */
export class DamageTracker {
  readonly #core: Core;
  #shadow = new Uint32Array(0);
  #columns = 0;
  #rows: Uint8Array = new Uint8Array(0);
  #all = true;
  #changed = false;
  #cursor = '';
  #from = 0;
  #to = Number.POSITIVE_INFINITY;

  constructor(core: Core) {
    this.#core = core;
    core._inputHandler.onRequestRefreshRows(rows =>
      this.touch(rows?.start ?? 0, rows?.end ?? Number.POSITIVE_INFINITY),
    );
  }

  /** These rows may have changed. */
  touch(from: number, to: number): void {
    if (from < this.#from) this.#from = from;
    if (to > this.#to) this.#to = to;
  }

  touchAll(): void {
    this.touch(0, Number.POSITIVE_INFINITY);
    this.#all = true;
  }

  take(cursor: string): Damage {
    this.#compare();
    const damage = { all: this.#all, rows: this.#rows, cursor: cursor !== this.#cursor };
    this.#rows = new Uint8Array(this.#core.rows);
    this.#all = false;
    this.#cursor = cursor;
    return damage;
  }

  drainChanged(): boolean {
    this.#compare();
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  #compare(): void {
    const { cols, rows, buffers } = this.#core;
    if (this.#columns !== cols || this.#rows.length !== rows) this.#resize(cols, rows);
    const last = Math.min(this.#to, rows - 1);
    for (let y = this.#from; y <= last; y++) {
      const line = buffers.active.lines.get(buffers.active.ybase + y);
      if (!line || !this.#copy(line, y * cols * CELL_WORDS)) continue;
      this.#rows[y] = 1;
      this.#changed = true;
    }
    this.#from = Number.POSITIVE_INFINITY;
    this.#to = -1;
  }

  #resize(columns: number, rows: number): void {
    this.#columns = columns;
    this.#shadow = new Uint32Array(columns * rows * CELL_WORDS);
    for (let at = 0; at < this.#shadow.length; at += CELL_WORDS) this.#shadow[at] = BLANK;
    this.#rows = new Uint8Array(rows);
    this.touchAll();
  }

  /** Copies a row to the shadow; true when a cell was different. */
  #copy(line: CoreLine, offset: number): boolean {
    const data = line._data;
    const shadow = this.#shadow;
    const words = Math.min(line.length, this.#columns) * CELL_WORDS;
    let changed = false;
    for (let i = 0; i < words; i += CELL_WORDS) {
      let content = data[i] ?? 0;
      let fg = data[i + 1] ?? 0;
      const bg = data[i + 2] ?? 0;
      if ((content & Content.hasContent) === 0 && content >>> Content.widthShift === 1) content = BLANK;
      // What lies outside of the three words is mixed into them.
      else if ((content & Content.combined) !== 0) content = mix(content, cellText(line, i / CELL_WORDS, content));
      if ((bg & BackgroundFlag.extended) !== 0) {
        const extended = line._extendedAttrs[i / CELL_WORDS];
        fg = (fg ^ Math.imul((extended?._ext ?? 0) & (Extended.colorMask | Extended.styleMask), 0x9e3779b1)) >>> 0;
      }
      if (shadow[offset + i] === content && shadow[offset + i + 1] === fg && shadow[offset + i + 2] === bg) continue;
      shadow[offset + i] = content;
      shadow[offset + i + 1] = fg;
      shadow[offset + i + 2] = bg;
      changed = true;
    }
    return changed;
  }
}

function mix(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
