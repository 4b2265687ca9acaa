import type { Action } from './action.ts';
import { colorRows, jumpFile, scrollDiff } from './diff-view.ts';
import { backInInbox, reduceInbox } from './inbox.ts';
import { withoutKeys } from './keep-keys.ts';
import { paneHeight, settledTop } from './list-rows.ts';
import { toggled } from './marks.ts';
import { afterStart } from './new-draft.ts';
import { withDraft, withSent } from './prompt-memory.ts';
import { logged, reduceFleet } from './reduce-fleet.ts';
import { reduceOverlay } from './reduce-overlay.ts';
import { arrange, filtered, listedIds } from './sections.ts';
import { standingOf } from './standing.ts';
import type { State } from './state.ts';

/** The screen after something happened. Pure; what has to be done in the world is an `Act` of the keymap. */
export function reduce(state: State, action: Action): State {
  const standing = standingOf(state);
  const from = standing === state.standing ? state : { ...state, standing };
  const next = backInInbox(from, step(from, action));
  if (next === from) return state;
  const listTop = settledTop(next);
  return listTop === next.listTop ? next : { ...next, listTop };
}

function step(state: State, action: Action): State {
  switch (action.type) {
    case 'fleetWatched':
    case 'sessionChanged':
    case 'sessionRemoved':
    case 'fleetCounted':
    case 'noticeRaised':
    case 'repositoryChanged':
    case 'agentsListed':
    case 'repositoriesListed':
    case 'connectionChanged':
      return reduceFleet(state, action);
    case 'overlayOpened':
    case 'overlayClosed':
    case 'overlayScrolled':
    case 'overlayEdited':
    case 'historyToggled':
    case 'whyAnswered':
    case 'turnsRead':
    case 'conversationsListed':
    case 'adoptArmed':
    case 'conversationRead':
    case 'conversationLeft':
    case 'searchAsked':
    case 'searched':
    case 'formMoved':
    case 'formChosen':
    case 'formSent':
    case 'formRefused':
    case 'formDone':
    case 'promptRecalled':
    case 'filesFound':
    case 'templatesOffered':
    case 'offerMoved':
    case 'offerTaken':
    case 'offerLeft':
    case 'nextFilled':
    case 'fieldWritten':
      return reduceOverlay(state, action);
    case 'inboxOpened':
    case 'inboxAwaited':
    case 'inboxMoved':
    case 'questionRead':
    case 'alikeRead':
    case 'inboxSeen':
    case 'toAllToggled':
    case 'answerArmed':
    case 'inboxKeyPressed':
    case 'answerSent':
    case 'answered':
    case 'answerRefused':
    case 'dealChanged':
      return reduceInbox(state, action);
    case 'resized':
      return { ...state, size: { columns: action.columns, rows: action.rows } };
    case 'moved':
      return move(state, action.by);
    case 'selected':
      return select(state, action.id);
    case 'rested':
      return { ...state, moving: false, sections: arrange(state) };
    case 'tabChosen':
      return { ...state, tab: action.tab, scrolledBack: 0 };
    case 'viewChosen':
      return viewed(state, action.view);
    case 'shellAwaited':
      return { ...viewed(state, 'pane'), opening: true };
    case 'shellRefused':
      return state.opening ? withoutKeys(state, 'No shell was opened') : state;
    case 'diffRead':
      return { ...state, diff: keepTop(state, action.diff) };
    case 'lastWordsRead':
      return { ...state, lastWords: { bundle: action.bundle, lines: action.lines } };
    case 'diffColored':
      return state.diff?.session === action.session && state.diff.mark === action.mark
        ? { ...state, diff: colorRows(state.diff, action.lines) }
        : state;
    case 'diffScrolled':
      return state.diff ? { ...state, diff: scrollDiff(state.diff, action.by, paneHeight(state)) } : state;
    case 'diffFileChosen':
      return state.diff ? { ...state, diff: jumpFile(state.diff, action.by, paneHeight(state)) } : state;
    case 'paneScrolled':
      return action.rows === state.scrolledBack ? state : { ...state, scrolledBack: action.rows };
    case 'scopeChosen':
      return { ...state, scope: action.scope, inboxAwaited: false };
    case 'pathChosen':
      return {
        ...state,
        path: action.repository.repository.root,
        repository: action.repository,
        scope: 'here',
        overlay: undefined,
      };
    case 'filterChanged':
      return filtered(state, action.filter);
    case 'markToggled':
      return state.sessions.has(action.id) ? { ...state, marked: toggled(state.marked, action.id) } : state;
    case 'marksCleared':
      return state.marked.size === 0 ? state : { ...state, marked: new Set() };
    case 'promptSent': {
      const { sessions, text, at } = action;
      return { ...state, memory: withSent(state.memory, { sessions, text, at }) };
    }
    case 'sessionStarted':
      return { ...state, newDraft: afterStart(state.newDraft, action) };
    case 'draftKept':
      return { ...state, memory: withDraft(state.memory, action.sessions, action.text) };
    case 'memoryRead':
      return { ...state, memory: action.memory };
    case 'hintSeen':
      return { ...state, firstHint: false };
    case 'said': {
      const { tone, text, at } = action;
      const kept =
        tone === 'failure' ? logged(state.messages, { id: 0, at, tone, text, session: undefined }) : state.messages;
      return { ...state, message: { tone, text, at }, messages: kept };
    }
    case 'messageSeen':
      return state.message ? { ...state, message: undefined } : state;
    case 'commandAllowed':
      return { ...state, allowed: action.allowed };
    case 'putAway':
      return { ...state, putAway: action.session };
    case 'promptFollowed':
      return { ...state, followed: { session: action.session, prompt: action.prompt } };
    case 'busyChanged':
      return { ...state, busy: action.what };
    case 'ticked':
      return tick(state, action.now);
    default:
      return action satisfies never;
  }
}

/** Keys go to a program, so a tab that has none to take them is left. */
function viewed(state: State, view: State['view']): State {
  const tab = view !== 'list' && (state.tab === 'diff' || state.tab === 'check') ? 'agent' : state.tab;
  return { ...state, view, tab, opening: false, firstHint: false };
}

/** How long a message that needs no answer stands. */
export const MESSAGE_MS = 5_000;

function tick(state: State, now: number): State {
  const over = state.message?.tone === 'info' && now - state.message.at >= MESSAGE_MS;
  return { ...state, now, message: over ? undefined : state.message };
}

function move(state: State, by: number): State {
  const ids = listedIds(state.sections);
  if (ids.length === 0) return state;
  const at = state.selected === undefined ? -1 : ids.indexOf(state.selected);
  const target = ids[Math.max(0, Math.min(ids.length - 1, at === -1 ? 0 : at + by))];
  return target === undefined || target === state.selected ? moved(state) : select(state, target);
}

function select(state: State, id: string): State {
  if (!state.sessions.has(id) || id === state.selected) return state;
  // A tab that this session may not have, and what was read of the other one, do not come along.
  const tab = state.tab === 'check' ? 'agent' : state.tab;
  const view = state.view === 'zoom' ? 'zoom' : 'list';
  return { ...moved(state), selected: id, scrolledBack: 0, tab, view, opening: false };
}

function moved(state: State): State {
  return { ...state, moving: true, moves: state.moves + 1 };
}

/** Read anew while the user reads it: it does not jump to the top. */
function keepTop(state: State, diff: State['diff'] & object): State['diff'] {
  const before = state.diff;
  if (before?.session !== diff.session) return diff;
  if (diff.state === 'loading') return { ...before, state: 'loading', mark: diff.mark };
  return scrollDiff({ ...diff, top: before.top }, 0, paneHeight(state));
}
