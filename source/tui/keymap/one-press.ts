import { isHeld } from '../store/inbox.ts';
import type { State } from '../store/state.ts';
import type { Intent } from './command.ts';
import type { KeyName } from './key.ts';

/**
 * A key of the inbox that does something which is not taken back by another key. While it is held it does that once, and not to all that
 * come after it. Each press is remembered, also one that does nothing: it may be the one before a repeat.
 */
export function onePress(name: KeyName, run: (state: State) => Intent): (state: State) => Intent {
  return state => {
    const { overlay, now } = state;
    if (overlay?.kind !== 'inbox') return {};
    const repeats = isHeld(overlay.pressed, name, now);
    const pressed = { type: 'inboxKeyPressed', key: name, at: now, repeats } as const;
    if (repeats) return { actions: [pressed] };
    const { actions = [], ...rest } = run(state);
    return { ...rest, actions: [pressed, ...actions] };
  };
}
