import { type CellGrid, createGrid } from '../../terminal/cells.ts';
import { type SetDeadline, setDeadline } from '../terminal/deadline.ts';
import type { ColorDepth } from '../theme.ts';
import { Composer } from './composer.ts';
import { type Cursor, cursorOf } from './cursor.ts';
import { FramePace } from './frame-pace.ts';
import { type Layers, type Paintable, sameLayers } from './layers.ts';
import { COMMAND_MODES, modeChange, modesFor, type OuterModes } from './outer-modes.ts';
import type { Rect } from './rect.ts';
import { RowWriter } from './row-writer.ts';
import { findScroll } from './scroll.ts';

/** Where the bytes go: the user's terminal, or a test's. */
export interface Sink {
  /** False when it has not all been taken yet; `onDrain` is called when it has. */
  write(bytes: string): boolean;
  onDrain(listener: () => void): void;
}

export interface CompositorOptions {
  readonly sink: Sink;
  readonly columns: number;
  readonly rows: number;
  readonly depth: ColorDepth;
  /** The frame layer's screen. It must not change between two whole frames (`ink/frame-layer.ts`). */
  readonly frame: Paintable;
  readonly setDeadline?: SetDeadline;
  readonly now?: () => number;
}

/** The only writer to the terminal while tutti is on the screen. */
export class Compositor {
  readonly #options: CompositorOptions;
  readonly #pace: FramePace;
  readonly #writer: RowWriter;
  #composer: Composer;
  #shown: CellGrid;
  /** What the terminal shows is not known: everything is written. */
  #anew = true;
  #layers: Layers = { panes: [], overlays: [] };
  #modes: OuterModes = COMMAND_MODES;
  #kitty = false;
  #cursor: Cursor | undefined;
  /** What the next frame says to the terminal beside its cells. */
  #words = '';
  /** What is said to it behind that frame. */
  #last = '';
  /** Shape that the terminal's cursor has. */
  #shape = 0;

  readonly #now: () => number;
  readonly #setDeadline: SetDeadline;
  #cancelWake: (() => void) | undefined;

  constructor(options: CompositorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#setDeadline = options.setDeadline ?? setDeadline;
    this.#writer = new RowWriter(options.depth);
    this.#composer = new Composer(options.frame, options);
    this.#shown = createGrid(options.columns, options.rows);
    this.#pace = new FramePace({
      setDeadline: this.#setDeadline,
      now: this.#now,
      draw: () => this.#draw(),
    });
    options.sink.onDrain(() => this.#pace.drained());
  }

  /** What lies over the frame from now on. Costs nothing when it is what lay there before. */
  setLayers(layers: Layers): void {
    if (sameLayers(this.#layers, layers)) return;
    this.#layers = layers;
    this.#composer.setLayers(layers);
    this.#pace.want();
  }

  /** A pane's screen or the frame has changed. Cheap: call it for every piece of output. */
  changed(): void {
    this.#pace.want();
  }

  /** Everything is drawn once. The frame layer has this size already. */
  resize(columns: number, rows: number): void {
    this.#composer = new Composer(this.#options.frame, { columns, rows });
    this.#composer.setLayers(this.#layers);
    this.#shown = createGrid(columns, rows);
    this.redraw();
  }

  /** What the terminal shows is not to be relied on any more. */
  redraw(): void {
    this.#anew = true;
    this.#pace.want();
  }

  /** Goes to the terminal with the next frame: sequences that show nothing, a title. */
  say(bytes: string): void {
    this.#words += bytes;
    this.#pace.want();
  }

  /** Goes to the terminal behind the next frame: what it answers, it answers when it has read that. */
  sayLast(bytes: string): void {
    this.#last += bytes;
    this.#pace.want();
  }

  /** The terminal speaks the kitty keyboard protocol, and `COMMAND_MODES` are set in it. */
  setKitty(kitty: boolean): void {
    this.#kitty = kitty;
    this.#modes = { ...this.#modes, kittyFlags: COMMAND_MODES.kittyFlags };
    this.#pace.want();
  }

  /** Nothing is written from now on: the terminal is being left. What was to be said last is not, as nobody waits for its answer. */
  pause(): void {
    this.#last = '';
    this.#wakeFor(undefined);
    this.#pace.pause();
  }

  /** The terminal has been entered anew: it is in `COMMAND_MODES`, its cursor hidden, its content unknown. */
  resume(): void {
    this.#modes = COMMAND_MODES;
    this.#cursor = undefined;
    this.#shape = 0;
    this.#anew = true;
    this.#pace.resume();
  }

  /** Resolves when the terminal shows all that has changed until now. */
  painted(): Promise<void> {
    return this.#pace.settled();
  }

  #draw(): boolean {
    const before = this.#cursor;
    const { grid } = this.#composer;
    const dirty = this.#composer.compose(this.#now());
    this.#wakeFor(this.#composer.heldUntil);
    const anew = this.#anew;
    this.#anew = false;
    if (anew) this.#writer.forget();
    else this.#scroll(dirty);
    for (let y = 0; y < grid.rows; y++) if (anew || dirty[y]) this.#writer.row(y, grid, this.#shown, anew);
    const cells = this.#writer.take();
    const modes = this.#nextModes();
    const cursor = this.#nextCursor(cells !== '');
    const words = this.#words;
    const last = this.#last;
    this.#words = '';
    this.#last = '';
    if (cells === '' && modes === '' && cursor === '' && words === '' && last === '') return true;
    // The cursor is hidden meanwhile: a terminal without DEC 2026 would show it everywhere.
    const hide = before && cells !== '' ? '\x1b[?25l' : '';
    return this.#options.sink.write(`\x1b[?2026h${words}${hide}${modes}${cells}${cursor}\x1b[?2026l${last}`);
  }

  /** A pane as wide as the terminal that has scrolled is scrolled by the terminal. */
  #scroll(dirty: Uint8Array): void {
    const { grid, layers } = this.#composer;
    for (const { rect } of layers.panes) {
      if (rect.columns < grid.columns) continue;
      const bottom = rect.y + rect.rows - 1;
      const scroll = isMostlyDirty(dirty, rect) ? findScroll(grid, this.#shown, rect.y, bottom) : undefined;
      if (scroll) this.#writer.scroll(scroll, this.#shown);
    }
  }

  /** A program that begins a frame and never ends it is shown all the same. */
  #wakeFor(heldUntil: number | undefined): void {
    this.#cancelWake?.();
    this.#cancelWake =
      heldUntil === undefined ? undefined : this.#setDeadline(heldUntil - this.#now(), () => this.#pace.want());
  }

  #nextModes(): string {
    const focused = this.#layers.panes.find(pane => pane.focused);
    const next = modesFor(focused?.content.screen?.modes());
    const change = modeChange(this.#modes, next, this.#kitty);
    this.#modes = next;
    return change;
  }

  /** `moved`: cells were written, so the cursor is hidden and somewhere. */
  #nextCursor(moved: boolean): string {
    const { panes, overlays } = this.#composer.layers;
    const before = this.#cursor;
    const pane = panes.find(pane => pane.focused);
    const held = pane !== undefined && this.#composer.isHeld(pane);
    const next = held ? before : cursorOf({ pane, frame: this.#options.frame, overlays });
    this.#cursor = next;
    if (!next) return before && !moved ? '\x1b[?25l' : '';
    const stays = before && !moved && before.x === next.x && before.y === next.y && before.shape === next.shape;
    if (stays) return '';
    this.#writer.moveTo(next.x, next.y);
    const shape = next.shape === this.#shape ? '' : `\x1b[${next.shape} q`;
    this.#shape = next.shape;
    return `${this.#writer.take()}${shape}${before && !moved ? '' : '\x1b[?25h'}`;
  }
}

function isMostlyDirty(dirty: Uint8Array, rect: Rect): boolean {
  let count = 0;
  for (let y = rect.y; y < rect.y + rect.rows; y++) if (dirty[y]) count++;
  return count * 2 > rect.rows;
}
