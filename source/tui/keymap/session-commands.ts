import type { SessionView } from '../../protocol/daemon.ts';
import { historyOverlay } from '../store/overlay.ts';
import { isHeldByPerson, isWorking, paneOf, selectedView } from '../store/select.ts';
import { letGoForm, renameForm, sendBackForm } from '../store/session-forms.ts';
import type { State } from '../store/state.ts';
import type { Command, Intent } from './command.ts';
import { noSelection, open, refused, selected } from './selected-session.ts';

/** What can be done to the selected session. */
export const SESSION_COMMANDS: readonly Command[] = [
  {
    ...selected('focus', () => ({})),
    run: focus,
    title: 'Focus its pane: keys go to it, the list stays',
    short: state => (isTerminal(state.tab) ? 'focus' : 'focus agent'),
    keys: ['enter', 'o'],
    footer: 10,
    disabledReason: state => refused(state, 'focus') ?? noPane(state),
  },
  {
    ...selected('zoom', () => ({ actions: [{ type: 'viewChosen', view: 'zoom' }] })),
    title: 'Zoom its pane: keys go to it, on the whole screen',
    short: state => (isTerminal(state.tab) ? 'zoom' : 'zoom agent'),
    keys: ['z'],
    footer: 70,
    disabledReason: state => refused(state, 'focus') ?? noPane(state),
  },
  {
    ...selected('rename', view => open({ kind: 'form', form: renameForm(view) })),
    title: 'Rename it',
    short: 'rename',
    keys: ['e'],
    footer: 90,
    disabledReason: state => refused(state, 'rename'),
  },
  {
    ...selected('pause', view =>
      isWorking(view)
        ? open({ kind: 'question', question: { ask: 'pause', session: view.session.id } })
        : { acts: [{ type: 'pause', session: view.session.id }] },
    ),
    title: 'Pause it: its branch becomes free, nothing is lost',
    short: 'pause',
    keys: ['c'],
    footer: 60,
    disabledReason: state => refused(state, 'pause'),
  },
  {
    ...selected('resume', ({ session }) => ({ acts: [{ type: 'resume', session: session.id, onto: undefined }] })),
    title: 'Resume a paused session',
    short: 'resume',
    keys: ['r'],
    footer: 6,
    disabledReason: state => refused(state, 'resume'),
  },
  {
    ...selected('restart', ({ session }) => ({ acts: [{ type: 'restart', session: session.id }] })),
    title: 'Restart its agent, with its conversation',
    short: 'restart',
    keys: ['R'],
    footer: 7,
    disabledReason: state => refused(state, 'restart'),
  },
  {
    ...selected('kill', ({ session }) => open({ kind: 'question', question: { ask: 'kill', session: session.id } })),
    title: 'Kill it; undo brings everything back',
    short: 'kill',
    keys: ['D'],
    footer: 65,
    disabledReason: state => refused(state, 'kill'),
  },
  {
    ...selected('shell', (_view, state) => {
      const { actions = [], acts = [] } = focus({ ...state, tab: 'shell' });
      return { actions: [{ type: 'tabChosen', tab: 'shell' }, ...actions], acts };
    }),
    title: 'Open a shell in its worktree',
    short: 'shell',
    keys: ['S'],
    footer: 80,
    disabledReason: state => refused(state, 'shell'),
  },
  {
    ...selected('why', ({ session }) => ({
      ...open({ kind: 'why', session: session.id, why: undefined, history: false, top: 0 }),
      acts: [{ type: 'askWhy', session: session.id }],
    })),
    title: 'Why it is in this state: evidence and history',
    short: 'why',
    keys: ['w'],
    footer: 85,
    disabledReason: noSelection,
  },
  {
    ...selected('turns', ({ session }) => open(historyOverlay(session.id))),
    title: 'What was asked of it, and what came of that',
    short: 'history',
    keys: ['h'],
    footer: 86,
    disabledReason: noSelection,
  },
  ...runCommands(),
];

function runCommands(): readonly Command[] {
  return [
    {
      ...selected('giveBack', ({ session }) => ({ acts: [{ type: 'giveBack', session: session.id }] })),
      title: 'Give it back: its run goes on',
      short: 'give back',
      keys: ['g'],
      chapter: 'The run',
      // Typing to an agent that was not let go takes nothing from anybody.
      footer: state => {
        const view = selectedView(state);
        return view && isHeldByPerson(view) ? 5 : undefined;
      },
      disabledReason: state => refused(state, 'giveBack'),
    },
    {
      ...selected('letGo', (view, { defaults }) => open({ kind: 'form', form: letGoForm(view, defaults) })),
      title: 'Let it go: unattended, with a goal, a check and limits',
      short: 'let go',
      keys: ['l'],
      chapter: 'The run',
      footer: 30,
      disabledReason: state => refused(state, 'letGo'),
    },
    {
      ...selected('takeOver', ({ session }) => ({ acts: [{ type: 'takeOver', session: session.id }] })),
      title: 'Take it over: its run halts until you give it back, a failed one is dismissed',
      short: state => (isStopped(selectedView(state)) ? 'dismiss' : 'take over'),
      keys: ['t'],
      chapter: 'The run',
      footer: 55,
      disabledReason: state => refused(state, 'takeOver') ?? nothingToDismiss(state),
    },
    {
      ...selected('sendBack', ({ session }) => open({ kind: 'form', form: sendBackForm(session.id) })),
      title: 'Send it back with a remark',
      short: 'send back',
      keys: ['s'],
      chapter: 'The run',
      footer: 16,
      disabledReason: state => refused(state, 'sendBack'),
    },
    {
      ...selected('merge', view => askAbout('merge', view)),
      title: 'Merge it into its base, locally',
      short: 'merge',
      keys: ['m'],
      chapter: 'The run',
      footer: 15,
      disabledReason: state => refused(state, 'merge') ?? noCommit(state),
    },
    {
      ...selected('push', view => askAbout('push', view)),
      title: 'Push its branch',
      short: 'push',
      keys: ['p'],
      chapter: 'The run',
      footer: 50,
      disabledReason: state => refused(state, 'push') ?? noCommit(state) ?? nothingToPush(state),
    },
  ];
}

/** The commit that the user sees: what a verdict is bound to. What was ready once may have been gone on with since. */
function shownCommit({ session: { run }, changes }: SessionView, ask: 'push' | 'merge'): string | undefined {
  if (ask === 'merge' || run?.stage.name === 'ready') return run?.readyCommit;
  return changes?.head ?? run?.readyCommit;
}

/** In the shell's tab a shell that is not there yet is opened first. */
function focus(state: State): Intent {
  const view = selectedView(state);
  const opens = view && state.tab === 'shell' && !paneOf(view, 'shell')?.running;
  return {
    actions: [opens ? { type: 'shellAwaited' } : { type: 'viewChosen', view: 'pane' }],
    acts: opens ? [{ type: 'openShell', session: view.session.id }] : [],
  };
}

function askAbout(ask: 'push' | 'merge', view: SessionView): Intent {
  const commit = shownCommit(view, ask);
  if (!commit) return {};
  const session = view.session.id;
  if (ask === 'merge') return open({ kind: 'question', question: { ask, session, commit } });
  // Counted before a run's own commit, the files that it has just committed would be offered to be committed again.
  const isCounted = view.changes?.head === commit && view.refused.commit === undefined;
  const uncommitted = isCounted ? (view.changes?.uncommitted ?? 0) : 0;
  // Undefined: not counted yet; then git itself says whether there is something.
  const commits = view.changes?.commits ?? 1;
  return open({ kind: 'question', question: { ask, session, commit, uncommitted, commits } });
}

/** Keys can go there; from the other tabs they go to the agent. */
function isTerminal(tab: State['tab']): boolean {
  return tab === 'agent' || tab === 'shell';
}

function noPane(state: State): string | undefined {
  const view = selectedView(state);
  if (!view) return undefined;
  if (state.tab === 'shell') return view.refused.shell;
  return paneOf(view, 'agent')?.running ? undefined : 'its agent does not run';
}

/** Its agent went on by itself after the end of its run: nothing is left to be taken. */
function nothingToDismiss(state: State): string | undefined {
  const view = selectedView(state);
  const isNews = view?.status === 'failed' || view?.status === 'stalled';
  return isStopped(view) && !isNews ? 'its run is over' : undefined;
}

function isStopped(view: SessionView | undefined): boolean {
  return view?.session.run?.stage.name === 'stopped';
}

/** Its branch is where it began, and nothing there can be committed now. */
function nothingToPush(state: State): string | undefined {
  const view = selectedView(state);
  if (!view?.changes || view.changes.commits > 0 || view.session.run?.readyCommit !== undefined) return undefined;
  if (view.changes.uncommitted === 0) return 'its branch has nothing of its own yet';
  return view.refused.commit;
}

function noCommit(state: State): string | undefined {
  const view = selectedView(state);
  return view && !shownCommit(view, 'push') ? 'it has no commit yet' : undefined;
}
