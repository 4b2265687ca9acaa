import type { Pane, SessionView } from '../../protocol/daemon.ts';
import { undeliveredPrompt } from '../../session/derive-status.ts';
import type { Prompt } from '../../session/prompt.ts';
import { STATUSES } from '../../session/status.ts';
import { SMALLEST } from '../layout.ts';
import type { State, Tab } from './state.ts';

/** What kind of screen this is, before anything of it is drawn. */
export type Place = 'tooSmall' | 'connecting' | 'noRepository' | 'emptyRepository' | 'refused' | 'noSessions' | 'fleet';

export function placeOf(state: State): Place {
  if (state.size.columns < SMALLEST.columns || state.size.rows < SMALLEST.rows) return 'tooSmall';
  if (state.sessions.size > 0 || state.attached) return 'fleet';
  if (state.counts === undefined) return 'connecting';
  if (state.scope === 'all') return 'noSessions';
  if (!state.repository) return 'noRepository';
  if (state.repository.empty) return 'emptyRepository';
  return state.repository.refused ? 'refused' : 'noSessions';
}

export function selectedView(state: State): SessionView | undefined {
  return state.selected === undefined ? undefined : state.sessions.get(state.selected);
}

/** The pane that the shown tab is about; undefined where none stands there (yet). */
export function shownPane(state: State): Pane | undefined {
  const view = selectedView(state);
  return view && state.tab !== 'diff' ? paneOf(view, state.tab) : undefined;
}

/** The newest pane of a role; they are numbered. */
export function paneOf(view: SessionView, role: Pane['role']): Pane | undefined {
  const number = (pane: Pane) => Number(pane.name.slice(pane.name.lastIndexOf('-') + 1)) || 0;
  return view.panes
    .filter(pane => pane.role === role)
    .reduce<Pane | undefined>((newest, pane) => (newest && number(newest) > number(pane) ? newest : pane), undefined);
}

/** The tabs of a session: the check's only where there is one. */
export function tabsOf(view: SessionView | undefined): readonly Tab[] {
  const checked = view && (view.session.run?.lastCheck || view.panes.some(pane => pane.role === 'check'));
  return checked ? ['agent', 'diff', 'shell', 'check'] : ['agent', 'diff', 'shell'];
}

export function isWorking(view: SessionView): boolean {
  return STATUSES[view.status].group === 'working';
}

/** Its automation halted because a person types; it goes on when given back. */
export function isHeldByPerson(view: SessionView): boolean {
  const { run } = view.session;
  if (run?.held?.why !== 'takenOver') return false;
  return run.stage.name !== 'stopped' && run.stage.name !== 'merged';
}

/** Prompts that were sent and nobody has taken yet, oldest first: they can be withdrawn. A run's own end with it. */
export function waitingPrompts({ session }: SessionView): readonly Prompt[] {
  return session.outbox.filter(prompt => prompt.state === 'queued' && prompt.by !== 'automation');
}

/** The newest prompt that can be taken back: one that waits, or one that did not arrive while nothing has arrived since. */
export function retractable(view: SessionView): Prompt | undefined {
  const waiting = waitingPrompts(view).at(-1);
  const undelivered = undeliveredPrompt(view.session);
  return waiting && undelivered ? (waiting.at >= undelivered.at ? waiting : undelivered) : (waiting ?? undelivered);
}

/** The second line of its row. Who is idle and has said nothing yet, as after a resume, waits for words of the user. */
export function lineOf({ line, status }: SessionView): string {
  return line === '' && status === 'idle' ? 'waits for a prompt' : line;
}

/** What the diff was read at: where this differs, it is out of date. */
export function diffMark(view: SessionView): string {
  const { changes } = view;
  return changes ? `${changes.head} ${changes.uncommitted} ${changes.added} ${changes.removed} ${changes.files}` : '';
}
