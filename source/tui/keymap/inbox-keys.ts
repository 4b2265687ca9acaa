import type { AgentQuestion, QuestionChoice } from '../../session/agent-question.ts';
import { saysTheSame } from '../../session/alike.ts';
import { riskOf } from '../../session/risk.ts';
import { alikeHere, alikeShown, type Other, wantedAlike } from '../store/alike.ts';
import type { Bound } from '../store/form.ts';
import { hasStood, isSecondPress, readHere } from '../store/inbox.ts';
import { selectedView } from '../store/select.ts';
import { denyForm } from '../store/session-forms.ts';
import type { State } from '../store/state.ts';
import { quoted } from '../text/quoted.ts';
import { type Intent, said } from './command.ts';
import { dealKeys, sendBackHere } from './inbox-deals.ts';
import { onePress } from './one-press.ts';
import { key, type OverlayKey, scrolled } from './overlay-key.ts';
import { ruleKeyOfInbox } from './rule-keys.ts';
import { snoozeKeysOfInbox } from './snooze-keys.ts';
import { scroll } from './view-commands.ts';

/** The keys of the inbox: choices by their digits, and the way through what waits. */
export function inboxKeys(): readonly OverlayKey[] {
  return [
    { ...digitKey('1', 'to 9 answer'), when: asks },
    ...['2', '3', '4', '5', '6', '7', '8', '9'].map(digit => digitKey(digit, undefined)),
    { ...key(['d'], 'deny, say why', state => (asks(state) ? deny(state) : sendBackHere(state))), when: asks },
    key(['A'], undefined, toAll),
    ruleKeyOfInbox(),
    ...dealKeys(),
    { ...key(['tab'], 'diff', otherTab), when: state => !asks(state) && selectedView(state)?.changes !== undefined },
    ...snoozeKeysOfInbox(),
    key(['down', 'j'], 'next', () => ({ actions: [{ type: 'inboxMoved', by: 1 }] })),
    key(['up', 'k'], undefined, () => ({ actions: [{ type: 'inboxMoved', by: -1 }] })),
    key(['pageUp', 'ctrl-u'], undefined, lookAround(8)),
    key(['pageDown', 'ctrl-d'], undefined, lookAround(-8)),
    key(['shift-up'], undefined, lookAround(1)),
    key(['shift-down'], undefined, lookAround(-1)),
    key(['enter', 'o'], 'go to it', state => ({
      actions: [{ type: 'overlayClosed' }, ...(asks(state) ? [{ type: 'viewChosen', view: 'pane' } as const] : [])],
    })),
    key(['escape', 'q', 'a', 'ctrl-c'], 'close', () => ({ actions: [{ type: 'overlayClosed' }] })),
  ];
}

function digitKey(digit: string, short: string | undefined): OverlayKey {
  return key(
    [digit],
    short,
    onePress(digit, state => choose(state, digit)),
  );
}

/** What it asks has choices of its own; all else is dealt with by the keys that it has in the list. */
function asks(state: State): boolean {
  return selectedView(state)?.activity.state === 'waiting';
}

function otherTab({ tab }: State): Intent {
  return { actions: [{ type: 'tabChosen', tab: tab === 'diff' ? 'agent' : 'diff' }] };
}

/** Rows of what a question is about; of what asks nothing, and of a diff, those that stand above. */
function lookAround(by: number): (state: State) => Intent {
  return state => (asks(state) && state.tab !== 'diff' ? scrolled(-by)() : scroll(state, by));
}

/** A choice of the question that is shown; one that is easily regretted has to be pressed twice. */
function choose(state: State, digit: string): Intent {
  const { overlay } = state;
  const question = standingHere(state);
  const choice = question?.choices.find(each => each.key === digit);
  if (overlay?.kind !== 'inbox' || overlay.sending || !question || !choice || state.selected === undefined) return {};
  const others = othersHere(state);
  const why = others && notForAll(state, choice, others);
  if (why !== undefined) return said(state, why);
  if (riskOf(question, choice) !== undefined && !isSecondPress(overlay.armed, digit, state.now)) {
    return { actions: [{ type: 'answerArmed', key: digit, at: state.now }] };
  }
  const { key: taken, opens } = choice;
  if (!others)
    return { acts: [{ type: 'answer', session: state.selected, question: question.id, choice: taken, opens }] };
  return {
    acts: [
      {
        type: 'answerAll',
        asks: [{ session: state.selected, question: question.id }, ...bound(others)],
        choice: taken,
      },
    ],
  };
}

/** The next answer goes to all that ask the same, or to the one again. */
function toAll(state: State): Intent {
  if (alikeHere(state).length > 0) return { actions: [{ type: 'toAllToggled' }] };
  return said(state, 'No other session of this repository asks the same.');
}

/** Who gets the answer too; undefined: nobody else. */
function othersHere(state: State): readonly Other[] | undefined {
  const others = alikeHere(state);
  return state.overlay?.kind === 'inbox' && state.overlay.toAll && others.length > 0 ? others : undefined;
}

/** Why a choice can't be made for all of them at once. */
function notForAll(state: State, choice: QuestionChoice, others: readonly Other[]): string | undefined {
  if (choice.opens) return 'Words have to follow this choice in each pane: answer them one by one.';
  const differs = others.filter(({ question }) => !saysTheSame(choice, question));
  if (differs.length === 0) return undefined;
  const names = differs.map(({ session }) => quoted(state.sessions.get(session)?.session.title ?? session));
  return `This choice is not the same for ${names.join(', ')}: answer them one by one.`;
}

function bound(others: readonly Other[]): readonly Bound[] {
  return others.map(({ session, question }) => ({ session, question: question.id }));
}

/** A form for the reason of a no, where the agent takes one. */
function deny(state: State): Intent {
  const { selected, overlay } = state;
  const question = standingHere(state);
  if (overlay?.kind !== 'inbox' || overlay.sending || !question || selected === undefined) return {};
  const { id, denial, goesOn = false } = question;
  if (denial === undefined) {
    return said(
      state,
      'None of its choices is a no after which its agent takes a reason: answer by digit, or in its pane.',
    );
  }
  const others = othersHere(state);
  const form = denyForm({
    session: selected,
    question: id,
    choice: denial,
    goesOn,
    ...(others ? { others: bound(others) } : {}),
  });
  return { actions: [{ type: 'overlayOpened', overlay: { kind: 'form', form } }] };
}

/** The question that is shown, once it has stood for a moment; with others that get the answer too, once these have. */
function standingHere(state: State): AgentQuestion | undefined {
  const read = readHere(state);
  const { overlay } = state;
  if (overlay?.kind !== 'inbox' || !read) return undefined;
  if (overlay.toAll && wantedAlike(state)) return undefined;
  const alike = overlay.toAll ? alikeShown(state) : undefined;
  if (alike && !hasStood(alike.at, state.now)) return undefined;
  return hasStood(read.at, state.now) ? read.question : undefined;
}
