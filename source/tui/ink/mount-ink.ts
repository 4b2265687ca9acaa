import chalk from 'chalk';
import { render } from 'ink';
import type { ReactNode } from 'react';
import type { KeyEvent } from '../keys/input-event.ts';
import type { FrameLayer } from './frame-layer.ts';
import { KeyStream } from './key-stream.ts';

export interface MountedInk {
  rerender(element: ReactNode): void;
  /** For components with `useInput` (text fields); the keymap gets its keys from the router. */
  key(event: KeyEvent): void;
  paste(text: string): void;
  /**
   * The terminal has a new size: `update` tells the app (by its store or by `rerender`), and the first frame that is shown is
   * one that knows it.
   */
  resize(size: { readonly columns: number; readonly rows: number }, update: () => void): Promise<void>;
  /** Resolves when all that React has to draw is in the frame layer. */
  flush(): Promise<void>;
  unmount(): void;
}

/** Renders with Ink into the frame layer. Ink never sees the terminal. */
export function mountInk(frame: FrameLayer, element: ReactNode): MountedInk {
  // The frame layer takes all colours; what the terminal can show is the compositor's business.
  chalk.level = 3;
  const keys = new KeyStream();
  frame.erase();
  const ink = render(element, {
    stdout: frame.stdout as unknown as NodeJS.WriteStream,
    stdin: keys as unknown as NodeJS.ReadStream,
    // Not forced by CI=true in the environment.
    interactive: true,
    // At 30, Ink's own, a typed key would show after 34 ms.
    maxFps: 120,
    incrementalRendering: true,
    patchConsole: false,
    exitOnCtrlC: false,
    isScreenReaderEnabled: false,
  });
  return {
    rerender: ink.rerender,
    key: event => keys.key(event),
    paste: text => keys.paste(text),
    async resize(size, update) {
      frame.hold(size);
      ink.clear();
      frame.erase();
      update();
      await ink.waitUntilRenderFlush();
      // Now Ink's own idea of the size; it draws the whole frame again.
      frame.erase();
      ink.clear();
      frame.stdout.emit('resize');
      await ink.waitUntilRenderFlush();
      frame.release();
    },
    flush: () => ink.waitUntilRenderFlush(),
    unmount: ink.unmount,
  };
}
