import type { SessionView } from '../../protocol/daemon.ts';
import type { AgentQuestion } from '../../session/agent-question.ts';
import { undeliveredPrompt } from '../../session/derive-status.ts';
import { itemOf } from '../../session/snooze.ts';
import { STATUSES, WAITING_STATUSES } from '../../session/status.ts';
import type { Action } from './action.ts';
import type { Alike } from './alike.ts';
import { arrange, isListed, listedIds } from './sections.ts';
import { selectedView } from './select.ts';
import type { State } from './state.ts';
import { sumOf, tallyOf } from './tally.ts';

/** Everything that waits for the user, one after the other, on the list as it stands. */
export interface Inbox {
  readonly kind: 'inbox';
  /** What was read of the selected session; undefined: it is being read. */
  readonly read: ReadQuestion | undefined;
  /** A choice that is easily regretted was pressed once. */
  readonly armed: Armed | undefined;
  /** The last of the keys that answer or deal with what is shown, whatever it was pressed on. */
  readonly pressed: Pressed | undefined;
  /** Others that ask the same, as they were read. */
  readonly alike: Alike | undefined;
  /** The next answer is for all of them. */
  readonly toAll: boolean;
  /** An answer is on its way. */
  readonly sending: boolean;
  /** The session of which a question was shown; undefined: it has asked nothing since it was led to. */
  readonly asked: string | undefined;
  /** The first row of what it is about that is shown. */
  readonly top: number;
}

export interface Armed {
  readonly key: string;
  /** When it was pressed last. */
  readonly at: number;
}

export interface Pressed extends Armed {
  /** It was taken for a repeat of the press before it. */
  readonly repeats: boolean;
}

/** A second press of what was pressed once. A key that is held repeats itself: that is the same press. */
export function isSecondPress(armed: Armed | Pressed | undefined, key: string, now: number): boolean {
  return armed?.key === key && !isHeld({ repeats: false, ...armed }, key, now);
}

/**
 * The same key so soon after its last press that it may still be that press: each repeat begins the time anew. The first repeat takes its
 * time, those after it come at once: who presses again and again is waited for once.
 */
export function isHeld(pressed: Pressed | undefined, key: string, now: number): boolean {
  return pressed?.key === key && now - pressed.at < (pressed.repeats ? DEAD_MS : REPEAT_MS);
}

/** Its end stands above the choices: as far down as it goes. */
const TO_THE_END = 9999;

export interface ReadQuestion {
  /** What it was read at: where this differs, it is out of date. */
  readonly key: string;
  /** Undefined: its agent asks nothing. */
  readonly question: AgentQuestion | undefined;
  readonly trouble: string | undefined;
  /** Since when the user's terminal has shown it; undefined: it has not said so yet. */
  readonly at: number | undefined;
}

/** A key that was about to be pressed when a question appeared is no answer to it. Milliseconds. */
const DEAD_MS = 400;

/** A key that is held repeats itself within so many milliseconds: desktops begin with that after 250 to 660. */
const REPEAT_MS = 700;

export const OPENED: Inbox = {
  kind: 'inbox',
  read: undefined,
  armed: undefined,
  pressed: undefined,
  alike: undefined,
  toAll: false,
  sending: false,
  asked: undefined,
  top: TO_THE_END,
};

/** In the order of the list: who needs the user most and longest comes first. */
export function waitingIds(state: Pick<State, 'sections' | 'sessions'>): readonly string[] {
  return listedIds(state.sections).filter(id => {
    const view = state.sessions.get(id);
    return view !== undefined && waitsForUser(view);
  });
}

/** Where something waits for the user: in the repository that is listed, whatever a filter hides, or only in others. */
export function waitsWhere(state: State): 'here' | 'elsewhere' | undefined {
  if ([...state.sessions.values()].some(view => isListed(view) && waitsForUser(view))) return 'here';
  const tally = tallyOf(state);
  return tally !== undefined && sumOf(tally.elsewhere, WAITING_STATUSES) > 0 ? 'elsewhere' : undefined;
}

/** A prompt that came to nothing waits for him too, whatever its agent does. */
function waitsForUser(view: SessionView): boolean {
  if (STATUSES[view.status].group === 'snoozed') return false;
  return WAITING_STATUSES.includes(view.status) || undeliveredPrompt(view.session) !== undefined;
}

/** What was put away last and can be brought back: in this screen, else in whichever; undefined: nothing. */
export function lastPutAway({ sessions, putAway }: Pick<State, 'sessions' | 'putAway'>): SessionView | undefined {
  const last = putAway === undefined ? undefined : sessions.get(putAway);
  if (last?.status === 'snoozed') return last;
  return [...sessions.values()].filter(({ status }) => status === 'snoozed').toSorted((a, b) => b.since - a.since)[0];
}

/** What has to be read now; undefined: nothing, it is read already or is not to be seen. */
export function wantedQuestion(state: State): WantedQuestion | undefined {
  const view = selectedView(state);
  if (state.overlay?.kind !== 'inbox' || state.overlay.sending || !view) return undefined;
  const key = keyOf(view);
  if (state.overlay.read?.key === key) return undefined;
  return { session: view.session.id, key, asks: view.activity.state === 'waiting' };
}

export interface WantedQuestion {
  readonly session: string;
  readonly key: string;
  /** False: its agent asks nothing, and all that counts is since when that is shown. */
  readonly asks: boolean;
}

/** What is shown of the selected session; undefined: it is being read. */
export function readHere(state: State): ReadQuestion | undefined {
  const view = selectedView(state);
  if (state.overlay?.kind !== 'inbox' || !view) return undefined;
  return state.overlay.read?.key === keyOf(view) ? state.overlay.read : undefined;
}

function seenSince<Shown extends { readonly at: number | undefined }>(shown: Shown, at: number): Shown {
  return shown.at === undefined ? { ...shown, at } : shown;
}

/** Whether what has been shown since then has stood for so long that a key is meant for it. */
export function hasStood(since: number | undefined, now: number): boolean {
  return since !== undefined && now - since >= DEAD_MS;
}

function keyOf(view: SessionView): string {
  return `${view.session.id} ${itemOf(view)}`;
}

type InboxAction = Extract<
  Action,
  {
    type:
      | 'inboxOpened'
      | 'inboxAwaited'
      | 'inboxMoved'
      | 'questionRead'
      | 'alikeRead'
      | 'inboxSeen'
      | 'toAllToggled'
      | 'answerArmed'
      | 'inboxKeyPressed'
      | 'answerSent'
      | 'answered'
      | 'answerRefused'
      | 'dealChanged';
  }
>;

/** The inbox walks through what waits; what it was about to answer is bound to what is shown. */
export function reduceInbox(state: State, action: InboxAction): State {
  if (action.type === 'inboxOpened') return openInbox({ ...state, firstHint: false });
  if (action.type === 'inboxAwaited') return { ...state, scope: 'all', inboxAwaited: true };
  if (action.type === 'dealChanged') return { ...state, dealing: action.session };
  const { overlay } = state;
  if (overlay?.kind !== 'inbox') return state;
  const inbox = (change: Partial<Inbox>): State => ({ ...state, overlay: { ...overlay, ...change } });
  switch (action.type) {
    case 'inboxMoved': {
      const ids = waitingIds(state);
      const from = state.selected === undefined ? -1 : ids.indexOf(state.selected);
      const next = ids[Math.max(0, Math.min(ids.length - 1, from + action.by))];
      if (next === undefined) return { ...state, overlay: undefined };
      return next === state.selected ? state : at(state, next);
    }
    case 'questionRead': {
      const { key, question, trouble } = action;
      // The same one keeps the time since when it was shown.
      const isSame = question !== undefined && overlay.read?.question?.id === question.id;
      const since = isSame ? (overlay.read?.at ?? action.at) : action.at;
      const top = isSame ? overlay.top : TO_THE_END;
      const toAll = isSame && overlay.toAll;
      const view = selectedView(state);
      const asked = question && view && key === keyOf(view) ? view.session.id : overlay.asked;
      return inbox({ read: { key, question, trouble, at: since }, armed: undefined, top, toAll, asked });
    }
    case 'alikeRead': {
      const { alike } = action;
      const toAll = overlay.toAll && alike.others.length > 0;
      // What was pressed once for others than these has to be pressed twice.
      return inbox({ alike, toAll, armed: overlay.toAll ? undefined : overlay.armed });
    }
    case 'inboxSeen': {
      const { read, alike, at } = action;
      return inbox({
        read: read && overlay.read === read ? seenSince(read, at) : overlay.read,
        alike: alike && overlay.alike === alike ? seenSince(alike, at) : overlay.alike,
      });
    }
    case 'toAllToggled':
      return inbox({ toAll: !overlay.toAll, armed: undefined });
    case 'answerArmed':
      return inbox({ armed: { key: action.key, at: action.at } });
    case 'inboxKeyPressed':
      return inbox({ pressed: { key: action.key, at: action.at, repeats: action.repeats } });
    case 'answerSent':
      return inbox({ sending: true });
    case 'answerRefused':
      return inbox({ sending: false, armed: undefined, toAll: false, read: undefined });
    case 'answered':
      return past(state, action.session);
    default:
      return action satisfies never;
  }
}

/**
 * What was begun in the inbox leads back to it, whatever form or question it took, and on to the next when it waits no more. Who closes
 * it, or looks at another one, has done with it.
 */
export function backInInbox(before: State, after: State): State {
  const { dealing, overlay, selected } = after;
  if (dealing === undefined) return after;
  const done = { ...after, dealing: undefined };
  if (after.view !== 'list' || selected !== dealing || (!overlay && before.overlay?.kind === 'inbox')) return done;
  if (overlay && overlay.kind !== 'inbox') return after;
  const view = selectedView(after);
  if (!view || !waitsForUser(view)) return past(done, dealing);
  return overlay ? after : at(after, dealing);
}

/**
 * What the inbox shows, where it asked and asks no more, as it was answered elsewhere or taken back, and others wait; undefined: it is to be
 * shown. Where an answer of this screen is on its way its own end leads on, and what has become a failure or is ready stays to be dealt with.
 */
export function overIn(state: State): SessionView | undefined {
  const { overlay } = state;
  const view = selectedView(state);
  if (overlay?.kind !== 'inbox' || overlay.sending || !view || overlay.asked !== view.session.id) return undefined;
  if (view.activity.state === 'waiting' || waitsForUser(view)) return undefined;
  // Where nobody else waits it stays: who looks at the one that asked may be asked the next question.
  return waitingIds(state).length > 0 ? view : undefined;
}

/** The next one that waits, or the list where nobody does. */
function past(state: State, session: string): State {
  const next = waitingIds(state).find(id => id !== session);
  return next === undefined ? { ...state, overlay: undefined } : at(state, next);
}

/** At the session that is selected, if it waits, else at the first one that does; a filter would hide some. */
export function openInbox(state: State): State {
  const all = state.filter === '' ? state : { ...state, filter: '', sections: arrange({ ...state, filter: '' }) };
  const ids = waitingIds(all);
  const here = all.selected !== undefined && ids.includes(all.selected) ? all.selected : ids[0];
  return here === undefined ? state : at(all, here);
}

/** Its agent's pane is what is asked about. A key that is held is no press for the next one either. */
function at(state: State, id: string): State {
  const { moves, overlay } = state;
  const pressed = overlay?.kind === 'inbox' ? overlay.pressed : undefined;
  const asked = state.sessions.get(id)?.activity.state === 'waiting' ? id : undefined;
  const opened: Inbox = { ...OPENED, pressed, asked };
  return { ...state, selected: id, tab: 'agent', scrolledBack: 0, moves: moves + 1, overlay: opened };
}
