import type { FrameLayer } from '../ink/frame-layer.ts';
import { type MountedInk, mountInk } from '../ink/mount-ink.ts';
import type { Store } from '../store/create-store.ts';
import type { Theme } from '../theme.ts';
import { App } from './app.tsx';

export interface MountedApp extends MountedInk {
  readonly setTheme: (theme: Theme) => void;
}

/** The app in the frame layer. This is the door to Ink and React: loaded only after the first frame stands. */
export function mountApp(
  frame: FrameLayer,
  { store, theme }: { readonly store: Store; readonly theme: Theme },
): MountedApp {
  const ink = mountInk(frame, <App store={store} theme={theme} />);
  return { ...ink, setTheme: next => ink.rerender(<App store={store} theme={next} />) };
}
