import { drawPicture } from '../app/draw-picture.ts';
import type { MountedApp } from '../app/mount-app.tsx';
import { type Picture, pictureOf } from '../app/screen.ts';
import { Compositor, type Sink } from '../compositor/compositor.ts';
import type { Layers } from '../compositor/layers.ts';
import { FrameLayer } from '../ink/frame-layer.ts';
import type { Store } from '../store/create-store.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import type { ColorDepth, Theme } from '../theme.ts';

export interface StageOptions {
  readonly sink: Sink;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly depth: ColorDepth;
  readonly theme: Theme;
  readonly store: Store;
  readonly setDeadline: SetDeadline;
}

/**
 * What draws: the store's state becomes a picture, first painted by itself, later by Ink; panes are laid over it. A pane that
 * goes away or comes waits for the frame that it belongs to, so that no half of a screen is seen.
 */
export class Stage {
  readonly compositor: Compositor;
  readonly #options: StageOptions;
  readonly #frame: FrameLayer;
  #theme: Theme;
  #ink: MountedApp | undefined;
  #next: Layers | undefined;
  /** A frame without Ink is about to be drawn. */
  #isDue = false;
  #resizing = false;
  #closed = false;

  constructor(options: StageOptions) {
    const { size, sink, depth, setDeadline } = options;
    this.#options = options;
    this.#theme = options.theme;
    this.#frame = new FrameLayer({ ...size, onFrame: () => this.#framed() });
    this.compositor = new Compositor({ sink, ...size, depth, frame: this.#frame.screen, setDeadline });
  }

  get theme(): Theme {
    return this.#theme;
  }

  /** The picture of the state as it is now. */
  picture(): Picture {
    return pictureOf(this.#options.store.get());
  }

  /** Until Ink is there a frame is drawn without it. */
  draw(): void {
    this.#isDue = false;
    if (this.#ink) this.#applyLayers();
    else this.#frame.draw(drawPicture(this.picture(), this.#theme));
  }

  /** Once for all that changes in one go. */
  drawSoon(): void {
    if (this.#ink || this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      if (this.#isDue) this.draw();
    });
  }

  /** Resolves when the state as it is now is in the frame that is drawn next. */
  async drawn(): Promise<void> {
    if (this.#ink) await this.#ink.flush();
    else this.draw();
  }

  async mount(): Promise<void> {
    const { mountApp } = await import('../app/mount-app.tsx');
    if (this.#closed) return;
    this.#ink = mountApp(this.#frame, { store: this.#options.store, theme: this.#theme });
    await this.#ink.flush();
  }

  /** What is laid over the next frame. */
  lay(layers: Layers): void {
    this.#next = layers;
    if (this.#isDue) return;
    if (!this.#ink) this.#applyLayers();
    // Where nothing of the frame itself changes there is none to wait for.
    else void this.#ink.flush().then(() => this.#applyLayers());
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    if (this.#ink) this.#ink.setTheme(theme);
    else this.draw();
  }

  /** `update` tells the store; all that is shown afterwards knows the new size. */
  async resize(size: { readonly columns: number; readonly rows: number }, update: () => void): Promise<void> {
    this.#resizing = true;
    if (this.#ink) await this.#ink.resize(size, update);
    else {
      this.#frame.hold(size);
      update();
      this.draw();
      this.#frame.release();
    }
    this.#resizing = false;
    this.compositor.resize(size.columns, size.rows);
    this.#applyLayers();
  }

  close(): void {
    this.#closed = true;
    this.compositor.pause();
    this.#ink?.unmount();
  }

  #framed(): void {
    this.#applyLayers();
    this.compositor.changed();
  }

  #applyLayers(): void {
    if (this.#resizing || !this.#next) return;
    const layers = this.#next;
    this.#next = undefined;
    this.compositor.setLayers(layers);
  }
}
