import { createGrid } from '../../../source/terminal/cells.ts';
import { Screen } from '../../../source/terminal/screen.ts';
import { Compositor, type CompositorOptions } from '../../../source/tui/compositor/compositor.ts';
import type { PaneLayer } from '../../../source/tui/compositor/layers.ts';
import type { SetDeadline } from '../../../source/tui/terminal/deadline.ts';

/** A user's terminal, and what stands between it and the compositor: all that was written, and a clock that stands still. */
export class Viewer {
  readonly terminal: Screen;
  readonly frame: Screen;
  readonly compositor: Compositor;
  readonly writes: string[] = [];
  readonly clock = new StillClock();
  /** Set to make the terminal lag: `drain` ends it. */
  lags = false;
  #drained: () => void = () => {};

  constructor(options: { columns: number; rows: number } & Partial<CompositorOptions>) {
    const { columns, rows } = options;
    this.terminal = new Screen({ columns, rows, scrollback: 100 });
    this.terminal.feed(Buffer.from('\x1b[?1049h\x1b[?25l\x1b[?7l'));
    this.frame = new Screen({ columns, rows, scrollback: 0 });
    this.frame.feed(Buffer.from('\x1b[?25l'));
    this.compositor = new Compositor({
      depth: 'true',
      frame: this.frame,
      sink: {
        write: bytes => {
          this.writes.push(bytes);
          this.terminal.feed(Buffer.from(bytes));
          return !this.lags;
        },
        onDrain: listener => {
          this.#drained = listener;
        },
      },
      setDeadline: this.clock.setDeadline,
      now: this.clock.now,
      ...options,
    });
  }

  drain(): void {
    this.lags = false;
    this.#drained();
  }

  /** Lets so much time pass that the next frame is due, and draws it. */
  async paint(): Promise<void> {
    this.compositor.changed();
    this.clock.pass(16);
    await this.compositor.painted();
  }

  rows(): string[] {
    return this.terminal.text({ scrollback: 0 });
  }

  cells(): ReturnType<typeof cellsOf> {
    return cellsOf(this.terminal);
  }
}

export function paneOf(
  screen: Screen,
  at: { x: number; y: number; columns: number; rows: number },
  more = {},
): PaneLayer {
  return { rect: at, content: { screen, scrolledBack: 0 }, focused: false, ...more };
}

export function screenOf(columns: number, rows: number, text = ''): Screen {
  const screen = new Screen({ columns, rows, scrollback: 100 });
  screen.feed(Buffer.from(text));
  return screen;
}

export async function viewer(
  options: { columns?: number; rows?: number; frame?: string; depth?: 'none' | '16' | '256' } = {},
) {
  const { columns = 20, rows = 4, frame = '', depth } = options;
  const view = new Viewer({ columns, rows, ...(depth ? { depth } : {}) });
  view.frame.feed(Buffer.from(frame));
  await view.paint();
  return view;
}

/** All cells of a screen, so that equal means equal. Erased cells and spaces are the same to the eye. */
export function cellsOf(screen: Screen) {
  const { columns, rows } = screen;
  const grid = createGrid(columns, rows);
  screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
  return grid;
}

export class StillClock {
  #time = 0;
  #deadlines: { at: number; run: () => void }[] = [];

  readonly now = (): number => this.#time;

  readonly setDeadline: SetDeadline = (ms, run) => {
    const deadline = { at: this.#time + ms, run };
    this.#deadlines.push(deadline);
    return () => {
      this.#deadlines = this.#deadlines.filter(other => other !== deadline);
    };
  };

  get pending(): number {
    return this.#deadlines.length;
  }

  pass(ms: number): void {
    this.#time += ms;
    const due = this.#deadlines.filter(deadline => deadline.at <= this.#time);
    this.#deadlines = this.#deadlines.filter(deadline => deadline.at > this.#time);
    for (const { run } of due) run();
  }
}
