import { handleKey } from '../../source/tui/keymap/handle-input.ts';
import { reduce } from '../../source/tui/store/reduce.ts';
import type { State } from '../../source/tui/store/state.ts';
import { keyNamed } from './key-named.ts';

/** No key that is held repeats itself so late, milliseconds. */
const REST_MS = 700;

/** The state after keys, and the acts that they asked for. `rest`: no key for so long that the next one is a press of its own. */
export function press(state: State, ...names: readonly string[]) {
  const acts: unknown[] = [];
  let now = state;
  for (const name of names) {
    if (name === 'rest') {
      now = { ...now, now: now.now + REST_MS };
      continue;
    }
    const intent = handleKey(now, keyNamed(name));
    now = (intent.actions ?? []).reduce(reduce, now);
    acts.push(...(intent.acts ?? []));
  }
  return { state: now, acts };
}
