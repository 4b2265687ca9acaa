import type { SetDeadline } from './terminal/deadline.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type SizeReason = 'typed' | 'focused' | 'selected';

/** A selection that only passes by changes no program's size. Milliseconds. */
const REST = 150;

/** What size a pane asks its host for, and when: at once for one that has the keys, at rest for one that is only looked at. */
export class PaneSize {
  readonly #setDeadline: SetDeadline;
  readonly #ask: (size: Size, why: SizeReason) => void;
  #place: Size | undefined;
  #why: 'focused' | 'selected' = 'selected';
  #cancel: (() => void) | undefined;

  constructor(options: { readonly setDeadline: SetDeadline; readonly ask: (size: Size, why: SizeReason) => void }) {
    this.#setDeadline = options.setDeadline;
    this.#ask = options.ask;
  }

  /** The pane has this place on the screen from now on. */
  set(place: Size, why: 'focused' | 'selected'): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#place = place;
    this.#why = why;
    if (why === 'focused') this.#ask(place, why);
    else this.#cancel = this.#setDeadline(REST, () => this.#ask(place, why));
  }

  /** Another connection: the host may not have heard. */
  again(): void {
    if (this.#place) this.set(this.#place, this.#why);
  }

  /** The user types into it: the size is ours, whoever had it before. */
  typed(now: Size | undefined): void {
    const place = this.#place;
    if (!place || !now || (now.columns === place.columns && now.rows === place.rows)) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#ask(place, 'typed');
  }

  close(): void {
    this.#cancel?.();
  }
}
