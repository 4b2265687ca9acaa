import { quoted } from '../text/quoted.ts';
import { shownPane } from './select.ts';
import type { State, Tab } from './state.ts';

/**
 * Where the program that had the keys is gone after what the daemon said (it ended, or somebody killed its session), they are
 * nobody's until the user has seen it: the rest of what he types must not become commands, nor reach another program.
 */
export function keepKeys(before: State, after: State): State {
  if (before.view === 'list' || before.overlay) return after;
  const elsewhere = after.selected !== before.selected;
  const had = before.opening || shownPane(before)?.running;
  const has = after.opening || shownPane(after)?.running;
  return elsewhere || (had && !has) ? withoutKeys(after, whatHappened(before, after)) : after;
}

/** The keys are nobody's, and why. */
export function withoutKeys(state: State, what: string): State {
  const { attached, leaveKey } = state;
  const view = attached ? 'zoom' : 'list';
  return { ...state, view, opening: false, overlay: { kind: 'gone', what, leaveKey, attached } };
}

function whatHappened({ sessions, selected = '', tab }: State, after: State): string {
  const now = after.sessions.get(selected);
  const session = (now ?? sessions.get(selected))?.session;
  if (!session) return 'The session is gone';
  const { life, agent, end } = session;
  const name = quoted(session.title);
  if (life.name === 'killing' || life.name === 'killed') return `${name} was killed`;
  if (life.name === 'pausing' || life.name === 'paused') return `${name} was paused`;
  if (!now) return `${name} is no longer listed here`;
  const program = PROGRAMS[tab] ?? agent.kind;
  return end && program === agent.kind ? `${name}: ${end.text.replace(/\.$/, '')}` : `${name}: ${program} has ended`;
}

const PROGRAMS: Readonly<Partial<Record<Tab, string>>> = { shell: 'its shell', check: 'its check' };
