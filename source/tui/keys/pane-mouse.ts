import { encodeMouse } from '../../terminal/encode-mouse.ts';
import type { TerminalModes } from '../../terminal/modes.ts';
import type { Rect } from '../compositor/rect.ts';
import type { MouseEvent } from './input-event.ts';

export interface MouseTarget {
  readonly id: string;
  readonly rect: Rect;
  readonly focused: boolean;
  modes(): TerminalModes | undefined;
}

export interface PaneMouseOptions<Pane> {
  readonly onMouse: (event: MouseEvent) => void;
  readonly onScroll: (pane: Pane, rows: number) => void;
  readonly onPaneInput: (pane: Pane, bytes: Buffer, source: 'terminal') => void;
}

/** Rows of scrollback for one notch of the wheel, as terminals have it. */
const ROWS_A_NOTCH = 3;

/** Who gets the mouse: a program that asked for it, inside its pane and in its own coordinates; else the screen. */
export class PaneMouse<Pane extends MouseTarget> {
  readonly #options: PaneMouseOptions<Pane>;
  /** The pane in which a button went down: it gets the drag and the release wherever they are. */
  #held: string | undefined;

  constructor(options: PaneMouseOptions<Pane>) {
    this.#options = options;
  }

  /** `under` is the pane below the pointer, if any. */
  take(event: MouseEvent, under: Pane | undefined, panes: readonly Pane[]): void {
    const wheel = event.action.startsWith('wheel');
    const held = wheel ? undefined : panes.find(pane => pane.id === this.#held);
    const pane = held ?? under;
    const asked = (pane?.modes()?.mouse ?? 'none') !== 'none';
    if (event.action === 'press') this.#held = pane?.focused && asked ? pane.id : undefined;
    if (event.action === 'release') this.#held = undefined;
    if (pane && asked && (wheel ? !event.shift : pane.focused)) this.#send(pane, event);
    else if (!wheel || !pane) this.#options.onMouse(event);
    else if (event.action === 'wheelUp') this.#options.onScroll(pane, ROWS_A_NOTCH);
    else if (event.action === 'wheelDown') this.#options.onScroll(pane, -ROWS_A_NOTCH);
  }

  #send(pane: Pane, event: MouseEvent): void {
    const { rect } = pane;
    const x = Math.min(Math.max(event.x - rect.x, 0), rect.columns - 1);
    const y = Math.min(Math.max(event.y - rect.y, 0), rect.rows - 1);
    const modes = pane.modes();
    const bytes = modes && encodeMouse({ ...event, x, y }, modes);
    if (bytes) this.#options.onPaneInput(pane, Buffer.from(bytes), 'terminal');
  }
}
