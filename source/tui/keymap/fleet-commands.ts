import { STATUSES } from '../../session/status.ts';
import { waitsWhere } from '../store/inbox.ts';
import { newSessionForm } from '../store/new-session-form.ts';
import { placeOf, selectedView } from '../store/select.ts';
import { choosePathForm } from '../store/session-forms.ts';
import type { State } from '../store/state.ts';
import { EMPTY, editorOf } from '../text/editor.ts';
import { ADOPT } from './adopt-keys.ts';
import { ANYWHERE, type Command, FLEET, type Intent, never } from './command.ts';
import { SEARCH } from './search-keys.ts';

/** What is about the sessions of all repositories is at hand wherever one stands. */
const IN_ALL_REPOSITORIES: Command['places'] = ['noRepository', 'emptyRepository', 'refused', 'noSessions', 'fleet'];

/** What can be done to the fleet, and to tutti itself. */
export const FLEET_COMMANDS: readonly Command[] = [
  {
    id: 'new',
    title: 'Start a session: title, agent, prompt',
    short: 'new',
    keys: ['n'],
    chapter: 'Sessions',
    places: ['noSessions', 'fleet'],
    footer: 40,
    disabledReason: noNew,
    run: state => newSession(state, 'short'),
  },
  {
    id: 'newLong',
    title: 'Start a session with more choices: branch, base, permissions',
    short: 'new with choices',
    keys: ['N'],
    chapter: 'Sessions',
    places: ['noSessions', 'fleet'],
    footer: 95,
    disabledReason: noNew,
    run: state => newSession(state, 'long'),
  },
  {
    id: 'undo',
    title: 'Undo the last kill, or bring back what was put away after it',
    short: 'undo',
    keys: ['u'],
    chapter: 'Sessions',
    places: ['noSessions', 'fleet'],
    // The daemon knows; where it is not sure that there is something, the key is no offer.
    footer: state =>
      ownPutAway(state) !== undefined ||
      state.killed !== 0 ||
      [...state.sessions.values()].some(({ session }) => session.life.name === 'killing')
        ? 88
        : undefined,
    disabledReason: never,
    run: state => {
      const session = ownPutAway(state);
      return { acts: [session === undefined ? { type: 'undo' } : { type: 'wake', session }] };
    },
  },
  {
    id: 'inbox',
    title: 'Answer what waits for you, one after the other',
    short: 'answer',
    keys: ['a'],
    chapter: 'Sessions',
    places: IN_ALL_REPOSITORIES,
    footer: state => {
      const view = selectedView(state);
      if (waitsWhere(state) === undefined) return undefined;
      return view && STATUSES[view.status].group === 'needsYou' ? 12 : 25;
    },
    disabledReason: state => (waitsWhere(state) === undefined ? 'nothing waits for you' : undefined),
    run: state => ({ actions: [{ type: waitsWhere(state) === 'elsewhere' ? 'inboxAwaited' : 'inboxOpened' }] }),
  },
  {
    id: 'adopt',
    title: 'Take over a conversation that began outside of tutti',
    short: 'take over one',
    keys: ['T'],
    chapter: 'Sessions',
    places: ['noSessions', 'fleet'],
    footer: state => (placeOf(state) === 'noSessions' ? 50 : 96),
    disabledReason: never,
    run: () => ({ actions: [{ type: 'overlayOpened', overlay: ADOPT }], acts: [{ type: 'listConversations' }] }),
  },
  {
    id: 'search',
    title: 'Find what was asked and said, in all sessions',
    short: 'find',
    keys: ['f'],
    chapter: 'Looking around',
    places: ['noSessions', 'fleet'],
    disabledReason: never,
    run: () => ({ actions: [{ type: 'overlayOpened', overlay: SEARCH }] }),
  },
  {
    id: 'demo',
    title: 'See a demo fleet: offline, nothing of yours is touched',
    short: 'demo',
    keys: ['d'],
    chapter: 'Sessions',
    places: ['noRepository', 'emptyRepository', 'refused', 'noSessions'],
    footer: 60,
    disabledReason: never,
    run: () => ({ acts: [{ type: 'openDemo' }] }),
  },
  {
    id: 'beginRepository',
    title: 'Make a repository here, with an empty first commit',
    short: 'make one here',
    keys: ['m'],
    chapter: 'Sessions',
    places: ['noRepository'],
    footer: 20,
    disabledReason: never,
    run: ({ path }) => ({
      actions: [{ type: 'overlayOpened', overlay: { kind: 'question', question: { ask: 'beginRepository', path } } }],
    }),
  },
  {
    id: 'firstCommit',
    title: 'Make the first commit, an empty one',
    short: 'first commit',
    keys: ['m'],
    chapter: 'Sessions',
    places: ['emptyRepository'],
    footer: 20,
    disabledReason: never,
    run: () => ({ acts: [{ type: 'beginRepository' }] }),
  },
  {
    id: 'choosePath',
    title: 'Choose another repository',
    short: 'choose one',
    keys: ['c'],
    chapter: 'Sessions',
    places: ['noRepository', 'emptyRepository', 'refused'],
    footer: 30,
    disabledReason: never,
    run: choosePath,
  },
  {
    id: 'goTo',
    title: 'Go to another repository',
    short: 'go to',
    keys: [],
    chapter: 'Looking around',
    places: ['noSessions', 'fleet'],
    disabledReason: never,
    run: choosePath,
  },
  {
    id: 'all',
    title: 'Show the sessions of all repositories, or of this one only',
    short: state => (state.scope === 'all' ? 'this repository' : 'all repositories'),
    keys: ['A'],
    chapter: 'Looking around',
    places: IN_ALL_REPOSITORIES,
    footer: 92,
    disabledReason: never,
    run: state => ({ actions: [{ type: 'scopeChosen', scope: state.scope === 'all' ? 'here' : 'all' }] }),
  },
  {
    id: 'filter',
    title: 'Filter the list',
    short: 'filter',
    keys: ['/'],
    chapter: 'Looking around',
    places: FLEET,
    footer: 66,
    disabledReason: never,
    run: state => ({
      actions: [
        { type: 'overlayOpened', overlay: { kind: 'filter', query: editorOf(state.filter), from: state.selected } },
      ],
    }),
  },
  {
    id: 'palette',
    title: 'Find a command by words',
    short: 'commands',
    keys: [':'],
    chapter: 'tutti',
    places: ANYWHERE,
    footer: 67,
    disabledReason: never,
    run: () => ({ actions: [{ type: 'overlayOpened', overlay: { kind: 'palette', query: EMPTY, at: 0 } }] }),
  },
  {
    id: 'messages',
    title: 'Read the messages again',
    short: 'messages',
    keys: [],
    chapter: 'tutti',
    places: ANYWHERE,
    disabledReason: state => (state.messages.length === 0 ? 'there is none' : undefined),
    run: () => ({ actions: [{ type: 'overlayOpened', overlay: { kind: 'messages', top: 0 } }] }),
  },
  {
    id: 'help',
    title: 'Show all keys and marks',
    short: 'help',
    keys: ['?'],
    chapter: 'tutti',
    places: ANYWHERE,
    footer: 99,
    disabledReason: never,
    run: () => ({ actions: [{ type: 'overlayOpened', overlay: { kind: 'help', top: 0 } }] }),
  },
  {
    id: 'quit',
    title: 'Quit tutti; the agents go on',
    short: 'quit',
    keys: ['q'],
    chapter: 'tutti',
    places: [...ANYWHERE, 'tooSmall'],
    footer: 98,
    disabledReason: never,
    run: () => ({ acts: [{ type: 'quit' }] }),
  },
  {
    id: 'suspend',
    title: 'Stop tutti until fg in the shell; the agents go on',
    short: 'suspend',
    keys: ['ctrl-z'],
    chapter: 'tutti',
    places: [...ANYWHERE, 'tooSmall'],
    disabledReason: never,
    run: () => ({ acts: [{ type: 'suspend' }] }),
  },
  {
    id: 'askQuit',
    title: 'Quit tutti after a question; twice quits at once',
    short: 'quit',
    keys: ['ctrl-c'],
    chapter: 'tutti',
    places: [...ANYWHERE, 'tooSmall'],
    disabledReason: never,
    run: state =>
      placeOf(state) === 'fleet'
        ? { actions: [{ type: 'overlayOpened', overlay: { kind: 'question', question: { ask: 'quit' } } }] }
        : { acts: [{ type: 'quit' }] },
  },
];

function newSession(state: State, form: 'short' | 'long'): Intent {
  const overlay = { kind: 'form' as const, form: newSessionForm(state, form === 'long') };
  return {
    actions: [{ type: 'overlayOpened', overlay }],
    acts: [{ type: 'listAgents' }, { type: 'describeRepository' }],
  };
}

function choosePath(state: State): Intent {
  return {
    actions: [{ type: 'overlayOpened', overlay: { kind: 'form', form: choosePathForm(state) } }],
    acts: [{ type: 'listRepositories' }],
  };
}

function noNew({ repository }: State): string | undefined {
  if (!repository) return 'this is no git repository';
  if (repository.empty) return 'the repository has no commit yet';
  return repository.refused;
}

/** What was put away in this screen, after the last kill there. */
function ownPutAway({ putAway, sessions }: State): string | undefined {
  return putAway !== undefined && sessions.get(putAway)?.status === 'snoozed' ? putAway : undefined;
}
