import type { KeyEvent, MouseEvent, PasteEvent } from '../keys/input-event.ts';
import { sessionAt } from '../store/list-rows.ts';
import type { State } from '../store/state.ts';
import type { Edit } from '../text/editor.ts';
import type { Intent } from './command.ts';
import { commandOfKey, shortOf } from './commands.ts';
import { editOfKey } from './edit-key.ts';
import { keyLabel, keyName } from './key.ts';
import { overlayKeys } from './overlay-keys.ts';
import { scroll } from './view-commands.ts';

/** A key in command mode: the overlay's if one is open, else the table's. Pure. */
export function handleKey(state: State, event: KeyEvent): Intent {
  const name = keyName(event);
  if (state.overlay) {
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
  const text = `${keyLabel(name)} (${shortOf(command, state)}) does nothing now: ${why}.`;
  return { actions: [{ type: 'said', tone: 'info', text, at: state.now }] };
}

/** Pasted text goes where typed text would go; it is never taken for keys. */
export function handlePaste(state: State, event: PasteEvent): Intent {
  return state.overlay ? typed({ type: 'insert', text: event.text }) : {};
}

/** A click on a row selects it; the wheel moves the list, or scrolls what the tab shows. */
export function handleMouse(state: State, event: MouseEvent, list: ListPlace | undefined): Intent {
  const inList =
    list && event.x >= list.x && event.x < list.x + list.columns && event.y >= list.y && event.y < list.y + list.rows;
  if (event.action === 'wheelUp' || event.action === 'wheelDown') {
    const up = event.action === 'wheelUp';
    if (state.overlay && state.overlay.kind !== 'filter')
      return { actions: [{ type: 'overlayScrolled', by: up ? -3 : 3 }] };
    return inList ? { actions: [{ type: 'moved', by: up ? -1 : 1 }] } : scroll(state, up ? 3 : -3);
  }
  if (event.action !== 'press' || event.button !== 'left' || !inList) return {};
  const id = sessionAt(state, event.y - list.y);
  return id ? { actions: [{ type: 'selected', id }] } : {};
}

interface ListPlace {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
}

function typed(edit: Edit): Intent {
  return { actions: [{ type: 'overlayEdited', edit }] };
}
