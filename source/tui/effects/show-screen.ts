import { TRUE_COLOR } from '../../terminal/cells.ts';
import { colorIndex, rgb } from '../app/draw-picture.ts';
import type { Picture } from '../app/screen.ts';
import type { InputRouter } from '../keys/input-router.ts';
import type { PaneConnection } from '../pane-view.ts';
import type { Store } from '../store/create-store.ts';
import { shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Theme } from '../theme.ts';
import { routerPane } from './input.ts';
import type { Panes } from './panes.ts';
import type { Stage } from './stage.ts';
import type { TurningMarks } from './turning-marks.ts';

export type ConnectPane = (bundle: string) => Promise<PaneConnection>;

export interface ShowOptions {
  readonly store: Store;
  readonly stage: Stage;
  readonly panes: Panes;
  readonly marks: TurningMarks;
  readonly router: InputRouter;
}

/** Keeps panes, marks and the key reader on what the store says. */
export function showScreen(options: ShowOptions): { readonly sync: () => void; readonly end: () => void } {
  const { store, stage } = options;
  // The first frame stands already.
  let shown = store.get();
  const sync = () => {
    const state = store.get();
    if (state !== shown) stage.drawSoon();
    shown = state;
    show(options, state, stage.picture());
  };
  sync();
  return { sync, end: store.subscribe(sync) };
}

function show({ store, stage, panes, marks, router }: ShowOptions, state: State, picture: Picture): void {
  const { overlay } = state;
  if (overlay && 'top' in overlay && overlay.top !== picture.overlayTop) {
    // Scrolled beyond the end: only the picture knows where that is.
    store.dispatch({ type: 'overlayScrolled', by: picture.overlayTop - overlay.top });
    return;
  }
  const pane = shownPane(state);
  const focused = state.view !== 'list' && state.overlay === undefined;
  panes.show(pane?.running && picture.pane && picture.shown ? { pane, place: picture.pane, focused } : undefined);
  if (!focused) panes.forgetInput();
  const below = routerPane(panes, { picture, focused, opening: state.opening });
  router.setPanes(below ? [below] : []);
  const content = panes.shown?.view;
  stage.lay({
    panes: [
      ...(content && picture.shown ? [{ rect: picture.shown, content, focused }] : []),
      ...marks.layers(picture.turning, colorOf(stage.theme)),
    ],
    overlays: [],
  });
}

/** The colour of what works, as a cell has it. */
function colorOf({ working }: Theme): number {
  const { color } = working;
  if (color === undefined) return -1;
  if (!color.startsWith('#')) return colorIndex(color);
  const [red, green, blue] = rgb(color);
  return TRUE_COLOR | (red << 16) | (green << 8) | blue;
}
