import { UNASKED } from '../../terminal/modes.ts';
import type { Picture } from '../app/screen.ts';
import type { Act } from '../keymap/act.ts';
import type { Intent } from '../keymap/command.ts';
import { dismissal, handleKey, handleMouse, handlePaste } from '../keymap/handle-input.ts';
import { keyName } from '../keymap/key.ts';
import type { KeyEvent, Reply } from '../keys/input-event.ts';
import { InputRouter, type RouterPane } from '../keys/input-router.ts';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import type { Panes } from './panes.ts';

export interface InputOptions {
  readonly store: Store;
  readonly panes: Panes;
  readonly now: () => number;
  readonly setDeadline: SetDeadline;
  readonly picture: () => Picture;
  readonly perform: (act: Act) => void;
  /** A key was pressed. */
  readonly onTouched: () => void;
  readonly onReply: (reply: Reply) => void;
}

/**
 * Wires the key reader to the keymap: what is typed becomes actions and acts, or goes to the pane that has the keys. What comes
 * before there is a list is kept: its `play` is the caller's.
 */
export function createInput(options: InputOptions): InputRouter {
  const { store, panes, now, perform, onTouched } = options;
  // What is said is said now: the screen's own time stands still while nothing shown changes by it.
  const current = (): State => ({ ...store.get(), now: now() });
  const apply = ({ actions = [], acts = [] }: Intent) => {
    for (const action of actions) store.dispatch(action);
    for (const act of acts) perform(act);
  };
  const seen = () => {
    const action = dismissal(store.get(), now());
    if (action) store.dispatch(action);
  };
  const byKey = (intent: () => Intent) => {
    onTouched();
    seen();
    apply(intent());
  };
  const router = new InputRouter({
    leaveKey: store.get().leaveKey,
    setDeadline: options.setDeadline,
    onKey: event => byKey(() => handleKey(current(), event)),
    onPaste: event => byKey(() => handlePaste(current(), event)),
    onMouse: event => apply(handleMouse(current(), event, options.picture())),
    onScroll: (_pane, rows) => panes.scroll(rows),
    onPaneInput: (_pane, bytes, source) => panes.input(bytes, source),
    onLeave: () => {
      if (store.get().attached) perform({ type: 'quit' });
      else store.dispatch({ type: 'viewChosen', view: 'list' });
    },
    onTerminalFocus: () => {},
    onReply: options.onReply,
    passes: (event, first) => passes(store.get(), event, first),
  });
  router.keep();
  return router;
}

/** Who can't wait for a list that does not come can leave. */
function passes({ attached, leaveKey }: State, event: KeyEvent, first: boolean): boolean {
  const name = keyName(event);
  return attached ? name === leaveKey : name === 'ctrl-c' || (first && name === 'q');
}

/** The shown pane as the key reader sees it, or the place of one that is being opened; undefined: the keys are tutti's. */
export function routerPane(
  panes: Panes,
  options: { readonly picture: Picture; readonly focused: boolean; readonly opening: boolean },
): RouterPane | undefined {
  const { shown } = panes;
  const { picture, focused, opening } = options;
  if (opening && picture.pane) return { id: 'opening', rect: picture.pane, focused, modes: () => UNASKED };
  const rect = picture.shown;
  if (!shown || !rect) return undefined;
  return { id: shown.id, rect, focused, modes: () => shown.view.modes() ?? UNASKED };
}
