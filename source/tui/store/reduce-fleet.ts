import type { Notice, SessionView } from '../../protocol/daemon.ts';
import type { Action } from './action.ts';
import { openInbox } from './inbox.ts';
import { keepKeys } from './keep-keys.ts';
import { withAgents, withBranches } from './new-session-form.ts';
import { arrange, hold, isListed, listedIds } from './sections.ts';
import { selectedView, shownPane } from './select.ts';
import { withRepositories } from './session-forms.ts';
import type { State } from './state.ts';

type FleetAction = Extract<
  Action,
  {
    type:
      | 'fleetWatched'
      | 'sessionChanged'
      | 'sessionRemoved'
      | 'fleetCounted'
      | 'noticeRaised'
      | 'repositoryChanged'
      | 'agentsListed'
      | 'repositoriesListed'
      | 'connectionChanged';
  }
>;

/** What the daemon says. */
export function reduceFleet(state: State, action: FleetAction): State {
  return keepKeys(state, told(state, action));
}

function told(state: State, action: FleetAction): State {
  switch (action.type) {
    case 'fleetWatched': {
      const { fleet } = action;
      const known = placed({
        ...state,
        connection: 'connected',
        sessions: new Map(fleet.sessions.map(view => [view.session.id, view])),
        counts: fleet.counts,
        killed: fleet.killed,
        // All repositories are asked for: the one that the user stands in is still that one.
        repository: fleet.repository ?? (state.scope === 'all' ? state.repository : undefined),
        messages: fleet.notices,
      });
      if (!state.inboxAwaited || state.scope !== 'all') return known;
      const awaited = { ...known, inboxAwaited: false };
      // Who has gone on to something else meanwhile stays there.
      return awaited.overlay || awaited.view !== 'list' ? awaited : openInbox(awaited);
    }
    case 'sessionChanged':
      return opened(
        placed({
          ...state,
          sessions: withView(state.sessions, action.view),
          killed: afterUndo(state, action.view),
        }),
      );
    case 'sessionRemoved': {
      const sessions = new Map(state.sessions);
      sessions.delete(action.id);
      return placed({ ...state, sessions, killed: afterKill(state, action.id) });
    }
    case 'fleetCounted':
      return { ...state, counts: action.counts };
    case 'noticeRaised': {
      const { notice } = action;
      return {
        ...state,
        messages: logged(state.messages, notice),
        message: { tone: notice.tone, text: notice.text, at: notice.at },
      };
    }
    case 'repositoryChanged':
      return { ...state, repository: action.repository, overlay: withBranches(state.overlay, action.repository) };
    case 'agentsListed':
      return {
        ...state,
        agents: action.agents,
        overlay: withAgents(state.overlay, { agents: action.agents, defaults: state.defaults }),
      };
    case 'repositoriesListed': {
      const { repositories } = action;
      return { ...state, repositories, overlay: withRepositories(state.overlay, repositories) };
    }
    case 'connectionChanged':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    default:
      return action satisfies never;
  }
}

/** The log of what was said, with one more. */
export function logged(messages: State['messages'], notice: Notice): State['messages'] {
  return [...messages.slice(1 - MESSAGES_KEPT), notice];
}

/** The shell that was awaited is there. */
function opened(state: State): State {
  return state.opening && shownPane(state)?.running ? { ...state, opening: false } : state;
}

/** Messages that `:` messages can show again. */
const MESSAGES_KEPT = 200;

/** One that leaves the list was killed, but for what could not be made. */
function afterKill({ killed, sessions }: State, id: string): number | undefined {
  const life = sessions.get(id)?.session.life.name;
  const isKill = life !== undefined && life !== 'creating' && life !== 'discarding';
  return killed !== undefined && isKill ? killed + 1 : killed;
}

/** One that comes into the list, and not because it is made, comes back. */
function afterUndo({ killed, sessions }: State, { session }: SessionView): number | undefined {
  const isBack = session.life.name === 'undoing' && !sessions.has(session.id);
  return killed !== undefined && isBack ? Math.max(0, killed - 1) : killed;
}

/** An older word about a session that comes late changes nothing. */
function withView(sessions: State['sessions'], view: SessionView): State['sessions'] {
  const before = sessions.get(view.session.id);
  if (before && before.session.version > view.session.version) return sessions;
  return new Map(sessions).set(view.session.id, view);
}

/** The list in order (or held still), and the selection on something that is there. */
function placed(state: State): State {
  const sections = state.moving ? hold(state.sections, state) : arrange(state);
  // One session on the whole terminal: no other takes its place.
  if (state.attached) return { ...state, sections };
  const ids = listedIds(sections);
  if (state.selected !== undefined && (ids.includes(state.selected) || isTypedTo(state))) return { ...state, sections };
  // The selected one is gone: its neighbour, so that the eye stays where it was.
  const before = listedIds(state.sections);
  const at = state.selected === undefined ? 0 : before.indexOf(state.selected);
  const near = [...before.slice(at + 1), ...before.slice(0, Math.max(0, at)).reverse()].find(id => ids.includes(id));
  const selected = near ?? ids[0];
  return { ...state, sections, selected, view: 'list', scrolledBack: 0, tab: state.tab === 'diff' ? 'diff' : 'agent' };
}

/** A filter may hide the row of a pane that has the keys, as when its title changes; the keys stay with it. */
function isTypedTo(state: State): boolean {
  const view = state.view === 'list' ? undefined : selectedView(state);
  return view !== undefined && isListed(view);
}
