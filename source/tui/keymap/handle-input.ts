import type { KeyEvent, MouseEvent, PasteEvent } from '../keys/input-event.ts';
import type { Rect } from '../layout.ts';
import type { Action } from '../store/action.ts';
import { sessionAt } from '../store/list-rows.ts';
import { placeOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Edit } from '../text/editor.ts';
import type { Intent } from './command.ts';
import { commandOfKey, commandsHere, shortOf } from './commands.ts';
import { editOfKey } from './edit-key.ts';
import { keyLabel, keyName } from './key.ts';
import { overlayKeys } from './overlay-keys.ts';
import { scroll } from './view-commands.ts';

/** A key in command mode: the overlay's if one is open, else the table's. Pure. */
export function handleKey(state: State, event: KeyEvent): Intent {
  const name = keyName(event);
  if (state.view !== 'list' && !state.overlay) return withoutProgram(state, name);
  // What is not in sight has no keys: q leaves, as it says there.
  if (state.overlay && (state.overlay.kind === 'gone' || placeOf(state) !== 'tooSmall')) {
    const own = overlayKeys(state.overlay).find(each => each.keys.includes(name));
    if (own) return own.run(state);
    const edit = editOfKey(event);
    return edit ? typed(edit) : {};
  }
  const command = commandOfKey(state, name);
  if (!command) return {};
  const why = command.disabledReason(state);
  if (why === undefined) return command.run(state);
  // Escape is pressed to be sure; it owes nobody an explanation.
  if (name === 'escape') return {};
  const text = `${keyLabel(name, state.symbols)} (${shortOf(command, state)}) does nothing now: ${why}.`;
  return { actions: [{ type: 'said', tone: 'info', text, at: state.now }] };
}

/** Who typed to a program that is not there (yet) meant no commands: only the leaving key does something. */
function withoutProgram({ attached, leaveKey }: State, name: string): Intent {
  if (name !== leaveKey) return {};
  return attached ? { acts: [{ type: 'quit' }] } : { actions: [{ type: 'viewChosen', view: 'list' }] };
}

/** Pasted text goes where typed text would go; it is never taken for keys. */
export function handlePaste(state: State, event: PasteEvent): Intent {
  return state.overlay ? typed({ type: 'insert', text: event.text }) : {};
}

/** A click on a row selects it, one in the pane goes to it; the wheel moves the list, or scrolls what the tab shows. */
export function handleMouse(state: State, event: MouseEvent, places: Places): Intent {
  const inList = contains(places.list, event);
  if (event.action === 'wheelUp' || event.action === 'wheelDown') {
    const up = event.action === 'wheelUp';
    if (state.overlay && state.overlay.kind !== 'filter') {
      return { actions: [{ type: 'overlayScrolled', by: up ? -3 : 3 }] };
    }
    return inList ? { actions: [{ type: 'moved', by: up ? -1 : 1 }] } : scroll(state, up ? 3 : -3);
  }
  if (event.action !== 'press' || event.button !== 'left') return {};
  if (inList && places.list) {
    const id = sessionAt(state, event.y - places.list.y);
    const closing = state.overlay?.kind === 'gone' ? [{ type: 'overlayClosed' } as const] : [];
    return id ? { actions: [...closing, { type: 'selected', id }] } : {};
  }
  const focus = commandsHere(state).find(command => command.id === 'focus');
  const goes = contains(places.shown, event) && state.view === 'list' && state.tab !== 'check' && !state.overlay;
  return goes && focus?.disabledReason(state) === undefined ? (focus?.run(state) ?? {}) : {};
}

/** A message goes at the next key; one about a failure only after it could be read. */
export function dismissal({ message }: State, now: number): Action | undefined {
  if (!message) return undefined;
  const read = message.tone === 'info' || now - message.at >= READ_MS;
  return read ? { type: 'messageSeen' } : undefined;
}

/** A key that was on its way already does not take a failure out of sight. */
const READ_MS = 1_000;

interface Places {
  readonly list: Rect | undefined;
  readonly shown: Rect | undefined;
}

function contains(rect: Rect | undefined, { x, y }: { readonly x: number; readonly y: number }): boolean {
  if (!rect) return false;
  return x >= rect.x && x < rect.x + rect.columns && y >= rect.y && y < rect.y + rect.rows;
}

function typed(edit: Edit): Intent {
  return { actions: [{ type: 'overlayEdited', edit }] };
}
