import type { CellGrid } from '../../terminal/cells.ts';
import { UNASKED } from '../../terminal/modes.ts';
import type { Damage, Paintable, PaneLayer } from '../compositor/layers.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

export interface MarkOptions {
  readonly setDeadline: SetDeadline;
  readonly onChange: () => void;
  /** What the mark looks like, one after the other. */
  readonly signs: readonly string[];
  /** Reduced motion: nothing turns. */
  readonly still: boolean;
}

/** Four times a second. */
const TURN_MS = 250;

/**
 * The marks of working sessions, the only thing on the screen that moves by itself. They are laid over the frame as panes of one
 * cell: a turn costs one cell, where a frame of Ink would cost a hundred times as much. No timer runs when none is in sight.
 */
export class TurningMarks {
  readonly #options: MarkOptions;
  #marks: readonly Mark[] = [];
  #turn = 0;
  #cancel: (() => void) | undefined;

  constructor(options: MarkOptions) {
    this.#options = options;
  }

  /** The layers of the marks at these cells. The same cells give the same layers. */
  layers(cells: readonly { readonly x: number; readonly y: number }[], color: number): readonly PaneLayer[] {
    const wanted = this.#options.still ? [] : cells;
    const same =
      wanted.length === this.#marks.length &&
      wanted.every((cell, index) => this.#marks[index]?.isAt(cell) && this.#marks[index]?.color === color);
    if (!same) this.#marks = wanted.map(cell => new Mark(cell, color, () => this.#options.signs[this.#turn] ?? ''));
    this.#arm();
    return this.#marks.map(mark => mark.layer);
  }

  close(): void {
    this.#cancel?.();
    this.#marks = [];
  }

  #arm(): void {
    if (this.#marks.length === 0) {
      this.#cancel?.();
      this.#cancel = undefined;
      return;
    }
    this.#cancel ??= this.#options.setDeadline(TURN_MS, () => {
      this.#cancel = undefined;
      this.#turn = (this.#turn + 1) % this.#options.signs.length;
      for (const mark of this.#marks) mark.turned = true;
      this.#options.onChange();
      this.#arm();
    });
  }
}

class Mark implements Paintable {
  readonly columns = 1;
  readonly rows = 1;
  readonly scrollbackLength = 0;
  readonly synchronizing = false;
  readonly color: number;
  readonly layer: PaneLayer;
  turned = true;
  readonly #sign: () => string;

  constructor(cell: { readonly x: number; readonly y: number }, color: number, sign: () => string) {
    this.color = color;
    this.#sign = sign;
    this.layer = {
      rect: { ...cell, columns: 1, rows: 1 },
      content: { screen: this, scrolledBack: 0 },
      focused: false,
    };
  }

  isAt({ x, y }: { readonly x: number; readonly y: number }): boolean {
    return this.layer.rect.x === x && this.layer.rect.y === y;
  }

  cursor() {
    return { x: 0, y: 0, visible: false };
  }

  modes(): ReturnType<Paintable['modes']> {
    return STILL;
  }

  paint(grid: CellGrid, at: { readonly x: number; readonly y: number }): void {
    const cell = at.y * grid.columns + at.x;
    grid.text[cell] = this.#sign();
    grid.width[cell] = 1;
    grid.foreground[cell] = this.color;
    grid.background[cell] = -1;
    grid.underline[cell] = -1;
    grid.attributes[cell] = 0;
  }

  takeDamage(): Damage {
    const { turned } = this;
    this.turned = false;
    return { all: turned, rows: Uint8Array.of(turned ? 1 : 0), cursor: false };
  }
}

const STILL = { ...UNASKED, cursorVisible: false };
