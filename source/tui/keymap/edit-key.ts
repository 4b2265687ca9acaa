import type { KeyEvent } from '../keys/input-event.ts';
import type { Edit } from '../text/editor.ts';
import { keyName } from './key.ts';

/** What a key does to a text that is being typed; undefined: nothing. */
export function editOfKey(event: KeyEvent): Edit | undefined {
  const known = EDITS[keyName(event)];
  if (known) return known;
  return event.text === '' ? undefined : { type: 'insert', text: event.text };
}

/** As readline and most text fields have it. */
const EDITS: Readonly<Record<string, Edit>> = {
  left: { type: 'move', to: 'back' },
  right: { type: 'move', to: 'forward' },
  up: { type: 'move', to: 'up' },
  down: { type: 'move', to: 'down' },
  home: { type: 'move', to: 'lineStart' },
  end: { type: 'move', to: 'lineEnd' },
  'ctrl-a': { type: 'move', to: 'lineStart' },
  'ctrl-e': { type: 'move', to: 'lineEnd' },
  'ctrl-b': { type: 'move', to: 'back' },
  'ctrl-f': { type: 'move', to: 'forward' },
  'ctrl-left': { type: 'move', to: 'wordBack' },
  'ctrl-right': { type: 'move', to: 'wordForward' },
  'alt-left': { type: 'move', to: 'wordBack' },
  'alt-right': { type: 'move', to: 'wordForward' },
  'alt-b': { type: 'move', to: 'wordBack' },
  'alt-f': { type: 'move', to: 'wordForward' },
  'ctrl-home': { type: 'move', to: 'start' },
  'ctrl-end': { type: 'move', to: 'end' },
  backspace: { type: 'erase', to: 'back' },
  'shift-backspace': { type: 'erase', to: 'back' },
  'ctrl-h': { type: 'erase', to: 'back' },
  delete: { type: 'erase', to: 'forward' },
  'ctrl-d': { type: 'erase', to: 'forward' },
  'ctrl-w': { type: 'erase', to: 'wordBack' },
  'alt-backspace': { type: 'erase', to: 'wordBack' },
  'ctrl-backspace': { type: 'erase', to: 'wordBack' },
  'alt-d': { type: 'erase', to: 'wordForward' },
  'ctrl-u': { type: 'erase', to: 'lineStart' },
  'ctrl-k': { type: 'erase', to: 'lineEnd' },
  'alt-enter': { type: 'newline' },
  'shift-enter': { type: 'newline' },
  'ctrl-enter': { type: 'newline' },
  'ctrl-j': { type: 'newline' },
};
