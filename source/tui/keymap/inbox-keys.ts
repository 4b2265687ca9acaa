import type { AgentQuestion } from '../../session/agent-question.ts';
import { riskOf } from '../../session/risk.ts';
import { DEAD_MS, readHere } from '../store/inbox.ts';
import { selectedView } from '../store/select.ts';
import { denyForm } from '../store/session-forms.ts';
import type { State } from '../store/state.ts';
import type { Intent } from './command.ts';
import { key, type OverlayKey, scrolled } from './overlay-key.ts';
import { snoozeKeysOfInbox } from './snooze-keys.ts';

/** The keys of the inbox: choices by their digits, and the way through what waits. */
export function inboxKeys(): readonly OverlayKey[] {
  return [
    key(['1'], 'to 9 answer', state => choose(state, '1')),
    ...['2', '3', '4', '5', '6', '7', '8', '9'].map(digit => key([digit], undefined, state => choose(state, digit))),
    key(['d'], 'deny, say why', deny),
    ...snoozeKeysOfInbox(),
    key(['down', 'j'], 'next', () => ({ actions: [{ type: 'inboxMoved', by: 1 }] })),
    key(['up', 'k'], undefined, () => ({ actions: [{ type: 'inboxMoved', by: -1 }] })),
    key(['pageUp', 'ctrl-u'], undefined, scrolled(-8)),
    key(['pageDown', 'ctrl-d'], undefined, scrolled(8)),
    key(['shift-up'], undefined, scrolled(-1)),
    key(['shift-down'], undefined, scrolled(1)),
    key(['enter', 'o'], 'go to it', state => {
      const asks = selectedView(state)?.activity.state === 'waiting';
      return { actions: [{ type: 'overlayClosed' }, ...(asks ? [{ type: 'viewChosen', view: 'pane' } as const] : [])] };
    }),
    key(['escape', 'q', 'a', 'ctrl-c'], 'close', () => ({ actions: [{ type: 'overlayClosed' }] })),
  ];
}

/** A choice of the question that is shown; one that is easily regretted has to be pressed twice. */
function choose(state: State, digit: string): Intent {
  const { overlay } = state;
  const question = standingHere(state);
  const choice = question?.choices.find(each => each.key === digit);
  if (overlay?.kind !== 'inbox' || overlay.sending || !question || !choice || state.selected === undefined) return {};
  if (riskOf(question, choice) !== undefined && overlay.armed !== digit) {
    return { actions: [{ type: 'answerArmed', key: digit }] };
  }
  const { key: taken, opens } = choice;
  return { acts: [{ type: 'answer', session: state.selected, question: question.id, choice: taken, opens }] };
}

/** A form for the reason of a no, where the agent takes one. */
function deny(state: State): Intent {
  const { selected, overlay } = state;
  const question = standingHere(state);
  if (overlay?.kind !== 'inbox' || overlay.sending || !question || selected === undefined) return {};
  const { id, denial } = question;
  if (denial === undefined) {
    const text = 'None of its choices is a no after which its agent takes a reason: answer by digit, or in its pane.';
    return { actions: [{ type: 'said', tone: 'info', text, at: state.now }] };
  }
  const form = denyForm({ session: selected, question: id, choice: denial });
  return { actions: [{ type: 'overlayOpened', overlay: { kind: 'form', form } }] };
}

/** The question that is shown, once it has stood for a moment. */
function standingHere(state: State): AgentQuestion | undefined {
  const read = readHere(state);
  return read && state.now - read.at >= DEAD_MS ? read.question : undefined;
}
