import { choiceBy } from '../../session/agent-name.ts';
import { titleOfRecorded } from '../../session/title.ts';
import { isHeld, isSecondPress } from '../store/inbox.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import type { Intent } from './command.ts';

type AdoptOverlay = Extract<Overlay, { kind: 'adopt' }>;

/** The conversation that is chosen in the open list. */
function chosenIn({ overlay }: State) {
  return overlay?.kind === 'adopt' ? overlay.conversations?.[overlay.at] : undefined;
}

/**
 * Takes the chosen one into the fleet, or says why not. One that is open elsewhere has to be chosen twice.
 */
export function adoptChosen(state: State): Intent {
  const chosen = chosenIn(state);
  if (!chosen) return {};
  const { agent, profile, id, prompt, refused, openIn } = chosen;
  if (refused !== null) {
    return { actions: [{ type: 'said', tone: 'info', text: `It can't be adopted: ${refused}.`, at: state.now }] };
  }
  const armed = state.overlay?.kind === 'adopt' ? state.overlay.armed : undefined;
  // In its history, where that is not said, the list comes back with it.
  if (openIn !== undefined && !isSecondPress(armed, id, state.now))
    return {
      actions: [
        { type: 'conversationLeft' },
        { type: 'adoptArmed', id, at: state.now, repeats: isHeld(armed, id, state.now) },
      ],
    };
  return {
    actions: [{ type: 'overlayClosed' }],
    acts: [
      {
        type: 'createSession',
        title: titleOfRecorded(prompt),
        agent: choiceBy({ kind: agent, profile }),
        adopt: id,
        ...(openIn === undefined ? {} : { adoptOpen: true }),
      },
    ],
  };
}

/** Its history over the list. */
export function lookAtChosen(state: State): Intent {
  const chosen = chosenIn(state);
  if (!chosen) return {};
  const { agent, profile, id } = chosen;
  return { acts: [{ type: 'readConversation', agent, ...(profile === undefined ? {} : { profile }), id }] };
}

/** Opened anew, with nothing in it yet. */
export const ADOPT: AdoptOverlay = {
  kind: 'adopt',
  conversations: undefined,
  running: [],
  trouble: undefined,
  at: 0,
  armed: undefined,
  look: undefined,
};
