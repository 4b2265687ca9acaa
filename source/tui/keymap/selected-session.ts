import type { SessionAct, SessionView } from '../../protocol/daemon.ts';
import type { Overlay } from '../store/overlay.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Command, FLEET, type Intent } from './command.ts';

/** A command for the selected session. */
export function selected(
  id: string,
  run: (view: SessionView, state: State) => Intent,
): Pick<Command, 'id' | 'chapter' | 'places' | 'run'> {
  return {
    id,
    chapter: 'The selected session',
    places: FLEET,
    run: state => {
      const view = selectedView(state);
      return view ? run(view, state) : {};
    },
  };
}

export function open(overlay: Overlay): Intent {
  return { actions: [{ type: 'overlayOpened', overlay }] };
}

export function noSelection(state: State): string | undefined {
  return selectedView(state) ? undefined : 'no session is selected';
}

export function refused(state: State, act: SessionAct): string | undefined {
  return noSelection(state) ?? selectedView(state)?.refused[act];
}
