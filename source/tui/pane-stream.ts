import type { Output, Snapshot } from '../protocol/output-frame.ts';
import { Screen } from '../terminal/screen.ts';

interface Resize {
  readonly sequence: number;
  readonly columns: number;
  readonly rows: number;
}

/** Rows above the screen that a client keeps. */
export const SCROLLBACK = 5000;

/** A client's copy of a host's screen: a snapshot, then bytes and sizes in the host's order. */
export class PaneStream {
  screen: Screen | undefined;
  readonly #onGap: () => void;
  #resizes: Resize[] = [];
  #gap = false;

  /** `onGap`: bytes are missing, a new snapshot is needed. What comes before it is ignored. */
  constructor(options: { readonly onGap: () => void }) {
    this.#onGap = options.onGap;
  }

  snapshot({ sequence, columns, rows, bytes }: Snapshot): void {
    this.screen?.dispose();
    const screen = new Screen({ columns, rows, scrollback: SCROLLBACK });
    screen.feed(bytes);
    screen.sequence = sequence;
    this.screen = screen;
    this.#gap = false;
    this.#resizes = this.#resizes.filter(resize => resize.sequence > sequence);
  }

  output({ sequence, bytes }: Output): void {
    const { screen } = this;
    if (!screen || this.#gap) return;
    if (sequence > screen.sequence) {
      this.#gap = true;
      this.#onGap();
      return;
    }
    // What the snapshot holds already is sent again when it was on its way.
    let rest = bytes.subarray(Math.min(screen.sequence - sequence, bytes.byteLength));
    for (const resize of this.#resizes) {
      const before = resize.sequence - screen.sequence;
      if (before > rest.byteLength) break;
      if (before > 0) screen.feed(rest.subarray(0, before));
      rest = rest.subarray(Math.max(0, before));
      screen.resize(resize.columns, resize.rows);
    }
    if (rest.byteLength > 0) screen.feed(rest);
    this.#resizes = this.#resizes.filter(resize => resize.sequence > screen.sequence);
  }

  resized(resize: Resize): void {
    const { screen } = this;
    if (screen && resize.sequence <= screen.sequence) screen.resize(resize.columns, resize.rows);
    else this.#resizes.push(resize);
  }

  dispose(): void {
    this.screen?.dispose();
    this.screen = undefined;
  }
}
