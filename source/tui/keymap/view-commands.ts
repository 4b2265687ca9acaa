import { checkRowsAbove, showsCheckOutput } from '../store/check-output.ts';
import { paneHeight } from '../store/list-rows.ts';
import { listedIds } from '../store/sections.ts';
import { selectedView, shownPane, tabsOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Command, FLEET, type Intent } from './command.ts';

/** Moving through the list, and through what a tab shows. */
export const VIEW_COMMANDS: readonly Command[] = [
  {
    ...looking('down', () => ({ actions: [{ type: 'moved', by: 1 }] })),
    title: 'Next session',
    short: 'next',
    keys: ['j', 'down'],
    disabledReason: noOther,
  },
  {
    ...looking('up', () => ({ actions: [{ type: 'moved', by: -1 }] })),
    title: 'Previous session',
    short: 'previous',
    keys: ['k', 'up'],
    disabledReason: noOther,
  },
  {
    ...looking('first', () => ({ actions: [{ type: 'moved', by: Number.NEGATIVE_INFINITY }] })),
    title: 'First session of the list: who needs you most',
    short: 'first',
    keys: ['home'],
    disabledReason: noOther,
  },
  {
    ...looking('last', () => ({ actions: [{ type: 'moved', by: Number.POSITIVE_INFINITY }] })),
    title: 'Last session of the list',
    short: 'last',
    keys: ['end'],
    disabledReason: noOther,
  },
  {
    ...looking('nextTab', state => chooseTab(state, 1)),
    title: 'Next tab: agent, diff, shell, check',
    short: state => nextTab(state, 1),
    keys: ['tab'],
    footer: 45,
    disabledReason: noSelection,
  },
  {
    ...looking('previousTab', state => chooseTab(state, -1)),
    title: 'Previous tab',
    short: 'previous tab',
    keys: ['shift-tab'],
    disabledReason: noSelection,
  },
  {
    ...looking('scrollUp', state => scroll(state, 1)),
    title: 'Scroll up a line',
    short: 'up',
    keys: ['shift-up'],
    disabledReason: noScroll,
  },
  {
    ...looking('scrollDown', state => scroll(state, -1)),
    title: 'Scroll down a line',
    short: 'down',
    keys: ['shift-down'],
    disabledReason: noScroll,
  },
  {
    ...looking('pageUp', state => scroll(state, paneHeight(state) - 2)),
    title: 'Scroll up a page',
    short: 'page up',
    keys: ['pageUp', 'ctrl-u'],
    disabledReason: noScroll,
  },
  {
    ...looking('pageDown', state => scroll(state, 2 - paneHeight(state))),
    title: 'Scroll down a page',
    short: 'page down',
    keys: ['pageDown', 'ctrl-d'],
    disabledReason: noScroll,
  },
  {
    ...looking('live', scrollToEnd),
    title: 'Back to the newest output, or out of marks or a filter',
    short: state => (state.scrolledBack > 0 ? 'newest output' : state.marked.size > 0 ? 'no marks' : 'no filter'),
    keys: ['escape'],
    footer: 8,
    disabledReason: state => {
      if (state.scrolledBack > 0 || state.marked.size > 0 || state.filter !== '') return undefined;
      return 'nothing is scrolled back, marked or filtered';
    },
    run: state => {
      if (state.scrolledBack > 0) return scrollToEnd(state);
      return { actions: [state.marked.size > 0 ? { type: 'marksCleared' } : { type: 'filterChanged', filter: '' }] };
    },
  },
  {
    ...looking('nextFile', () => ({ actions: [{ type: 'diffFileChosen', by: 1 }] })),
    title: 'Next file of the diff',
    short: 'next file',
    keys: [']'],
    footer: 11,
    disabledReason: noDiff,
  },
  {
    ...looking('previousFile', () => ({ actions: [{ type: 'diffFileChosen', by: -1 }] })),
    title: 'Previous file of the diff',
    short: 'previous file',
    keys: ['['],
    footer: 12,
    disabledReason: noDiff,
  },
];

/** Scrolls what the tab shows; up is positive. */
export function scroll(state: State, by: number): Intent {
  if (state.tab === 'diff') return { actions: [{ type: 'diffScrolled', by: -by }] };
  if (showsCheckOutput(state)) {
    const rows = Math.max(0, Math.min(checkRowsAbove(state), state.scrolledBack + by));
    return { actions: [{ type: 'paneScrolled', rows }] };
  }
  return { acts: [{ type: 'scrollPane', by }] };
}

function scrollToEnd(state: State): Intent {
  if (showsCheckOutput(state)) return { actions: [{ type: 'paneScrolled', rows: 0 }] };
  return { acts: [{ type: 'scrollPane', by: 'end' }] };
}

function looking(id: string, run: Command['run']): Pick<Command, 'id' | 'chapter' | 'places' | 'run'> {
  return { id, chapter: 'Looking around', places: FLEET, run };
}

function nextTab(state: State, by: 1 | -1): State['tab'] {
  const tabs = tabsOf(selectedView(state));
  return tabs[(tabs.indexOf(state.tab) + by + tabs.length) % tabs.length] ?? 'agent';
}

function chooseTab(state: State, by: 1 | -1): Intent {
  return { actions: [{ type: 'tabChosen', tab: nextTab(state, by) }] };
}

function noSelection(state: State): string | undefined {
  return selectedView(state) ? undefined : 'no session is selected';
}

function noScroll(state: State): string | undefined {
  const none = noSelection(state);
  if (none !== undefined || state.tab === 'diff') return none;
  if (showsCheckOutput(state)) return checkRowsAbove(state) > 0 ? undefined : 'all of it is in sight';
  return shownPane(state)?.running ? undefined : 'no program runs there';
}

function noOther(state: State): string | undefined {
  return listedIds(state.sections).length > 1 ? undefined : 'there is no other session';
}

function noDiff(state: State): string | undefined {
  if (state.tab !== 'diff') return 'the diff is not shown';
  const { diff } = state;
  if (!diff || diff.files.length < 2) return 'the diff has no other file';
  return diff.rows.length > paneHeight(state) ? undefined : 'all of the diff is in sight';
}
