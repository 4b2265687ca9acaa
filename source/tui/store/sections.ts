import type { SessionView } from '../../protocol/daemon.ts';
import { agentName } from '../../session/agent-name.ts';
import { groupRows } from '../../session/order.ts';
import { STATUSES } from '../../session/status.ts';
import { stoodRow } from './standing.ts';
import type { Section, State } from './state.ts';

type Arranged = Pick<State, 'sessions' | 'filter' | 'standing'>;

/** The list in its true order: groups as in `GROUPS`, inside a group the longest waiting first. */
export function arrange(state: Arranged): readonly Section[] {
  const shown = [...state.sessions.values()].filter(view => isListed(view) && matches(view, state.filter));
  const rows = shown.map(view => stoodRow(view, state));
  return groupRows(rows).map(({ group, rows }) => ({ group, ids: rows.map(({ session }) => session.id) }));
}

/** The list under a filter, and who is selected: who was, else who was before one was typed; none where nothing is listed. */
export function filtered(state: State, filter: string): State {
  const next = { ...state, filter, moving: false };
  const sections = arrange(next);
  const ids = listedIds(sections);
  const before = state.overlay?.kind === 'filter' ? state.overlay.from : undefined;
  const kept = [state.selected, before].find(id => id !== undefined && ids.includes(id));
  return { ...next, sections, selected: kept ?? ids[0] };
}

/** While the selection moves no row may jump: what is gone goes, what is new comes last in its group. */
export function hold(sections: readonly Section[], state: Arranged): readonly Section[] {
  const truth = arrange(state);
  const wanted = new Set(truth.flatMap(section => section.ids));
  const had = new Set(sections.flatMap(section => section.ids));
  const kept = sections.map(section => ({ ...section, ids: section.ids.filter(id => wanted.has(id)) }));
  for (const section of truth) {
    const added = section.ids.filter(id => !had.has(id));
    if (added.length === 0) continue;
    const at = kept.findIndex(each => each.group === section.group);
    if (at === -1) kept.push({ group: section.group, ids: added });
    else kept[at] = { group: section.group, ids: [...(kept[at]?.ids ?? []), ...added] };
  }
  return kept.filter(section => section.ids.length > 0);
}

export function listedIds(sections: readonly Section[]): readonly string[] {
  return sections.flatMap(section => section.ids);
}

export function isListed(view: SessionView): boolean {
  return view.session.life.name !== 'killed' && view.session.life.name !== 'discarded';
}

function matches(view: SessionView, filter: string): boolean {
  if (filter === '') return true;
  const { title, branch, agent, repository } = view.session;
  const text = `${title} ${branch} ${agentName(agent)} ${repository.name} ${STATUSES[view.status].word}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
