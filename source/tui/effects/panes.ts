import type { Pane } from '../../protocol/daemon.ts';
import type { Rect } from '../layout.ts';
import { type PaneConnection, PaneView } from '../pane-view.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

export interface PanesOptions {
  readonly connect: (bundle: string) => Promise<PaneConnection>;
  readonly setDeadline: SetDeadline;
  /** Cells have changed. */
  readonly onChange: () => void;
  readonly onScrolled: (rows: number) => void;
  readonly colors: () => { readonly foreground?: string; readonly background?: string };
}

/** What stands on the screen: one pane at most. */
export interface WantedPane {
  readonly pane: Pane;
  /** Decides the size of its program. */
  readonly place: Rect;
  readonly focused: boolean;
}

export interface ShownPane {
  readonly id: string;
  readonly view: PaneView;
}

/** The pane that is shown. Only what is visible is connected and parsed; another selection is another pane. */
export class Panes {
  readonly #options: PanesOptions;
  #shown: ShownPane | undefined;
  #placed = '';
  #scrolledBack = 0;
  #closed = false;
  readonly #waiting: { readonly bytes: Buffer; readonly source: 'keys' | 'terminal' }[] = [];

  constructor(options: PanesOptions) {
    this.#options = options;
  }

  get shown(): ShownPane | undefined {
    return this.#shown;
  }

  show(wanted: WantedPane | undefined): void {
    if (this.#closed) return;
    if (this.#shown?.id !== wanted?.pane.bundle) this.#replace(wanted?.pane);
    const view = this.#shown?.view;
    if (!wanted || !view) return;
    const { columns, rows } = wanted.place;
    const placed = `${columns}x${rows} ${wanted.focused}`;
    if (placed === this.#placed) return;
    this.#placed = placed;
    view.place({ columns, rows }, wanted.focused ? 'focused' : 'selected');
  }

  /** What is typed before a pane is there and connected is kept for it, in its order. */
  input(bytes: Buffer, source: 'keys' | 'terminal'): void {
    this.#waiting.push({ bytes, source });
    this.#flush();
  }

  /** The keys are no pane's any more: what waited for one is for nobody. */
  forgetInput(): void {
    this.#waiting.length = 0;
  }

  scroll(by: number | 'end'): void {
    if (by === 'end') this.#shown?.view.scrollToEnd();
    else this.#shown?.view.scroll(by);
  }

  /** For good: whoever still wants to show something (Ink, which comes late) would hold up the end of the process. */
  close(): void {
    this.#closed = true;
    this.#replace(undefined);
  }

  #flush(): void {
    const view = this.#shown?.view;
    if (!view || view.state.name === 'connecting') return;
    for (const { bytes, source } of this.#waiting.splice(0)) view.input(bytes, source);
  }

  #replace(pane: Pane | undefined): void {
    // What was typed to another pane is not for the next one.
    if (this.#shown) this.#waiting.length = 0;
    this.#shown?.view.close();
    this.#shown = undefined;
    this.#placed = '';
    this.#tellScrolled(0);
    if (!pane) return;
    const { connect, setDeadline, colors } = this.#options;
    const id = pane.bundle;
    const view = new PaneView({
      connect: () => connect(id),
      setDeadline,
      colors,
      onChange: () => {
        if (this.#shown?.id !== id) return;
        this.#flush();
        this.#options.onChange();
        this.#tellScrolled(this.#shown.view.scrolledBack);
      },
    });
    this.#shown = { id, view };
  }

  #tellScrolled(rows: number): void {
    if (rows === this.#scrolledBack) return;
    this.#scrolledBack = rows;
    this.#options.onScrolled(rows);
  }
}
