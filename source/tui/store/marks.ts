import type { SessionView } from '../../protocol/daemon.ts';
import { listedIds } from './sections.ts';
import { selectedView } from './select.ts';
import type { State } from './state.ts';

/** Marked sessions that are still there, in the order of the list; what a filter hides counts too, behind it. */
export function markedViews({ marked, sections, sessions }: State): readonly SessionView[] {
  if (marked.size === 0) return [];
  const listed = listedIds(sections).filter(id => marked.has(id));
  return [...new Set([...listed, ...marked])].flatMap(id => sessions.get(id) ?? []);
}

/** Those whom a prompt goes to: the marked ones, else the selected one. */
export function addressees(state: State): readonly SessionView[] {
  const marked = markedViews(state);
  if (marked.length > 0) return marked;
  const view = selectedView(state);
  return view ? [view] : [];
}

/** Marked, or not any more. */
export function toggled(marked: State['marked'], id: string): State['marked'] {
  const next = new Set(marked);
  if (!next.delete(id)) next.add(id);
  return next;
}
