import type { SessionView } from '../../protocol/daemon.ts';
import { GROUPS, type Group, STATUSES } from '../../session/status.ts';
import { layout } from '../layout.ts';
import { lineOf } from './select.ts';
import type { Section, State } from './state.ts';

/** A row of the list: a heading, or the first or the second line of a session. */
export type ListRow =
  | { readonly kind: 'heading'; readonly text: string; readonly count: number }
  /** `astray`: its heading is not that of its status, because it keeps its place. */
  | { readonly kind: 'session'; readonly id: string; readonly astray: boolean }
  | { readonly kind: 'detail'; readonly id: string };

/**
 * All rows of the list. Sessions take two lines where all of them fit so; else only who needs the user does, and the selected
 * one; where these don't fit either, the selected one.
 */
export function listRows(state: State): readonly ListRow[] {
  const tries: readonly Detailed[] =
    state.size.columns >= TWO_LINES_FROM ? ['all', 'needsYou', 'selected'] : ['needsYou', 'selected'];
  for (const detailed of tries) {
    const rows = rowsOf(state, detailed);
    if (rows.length <= listHeight(state)) return rows;
  }
  return counted(rowsOf(state, 'selected'));
}

/** Whose rows have a second line. */
type Detailed = 'all' | 'needsYou' | 'selected';

/** Where not all of the list is in sight, the headings tell how much there is. */
function counted(rows: readonly ListRow[]): readonly ListRow[] {
  return rows.map(row => (row.kind === 'heading' ? { ...row, text: `${row.text} (${row.count})` } : row));
}

/** The list's height: the body, less the filter's own line. */
function listHeight(state: State): number {
  return Math.max(1, state.size.rows - 2 - (isFiltering(state) ? 1 : 0));
}

export function isFiltering(state: State): boolean {
  return state.filter !== '' || state.overlay?.kind === 'filter';
}

/** The list's first row, moved just so far that the selected session is in sight, its heading too where it is the first. */
export function settledTop(state: State): number {
  const rows = listRows(state);
  const height = listHeight(state);
  const first = rows.findIndex(row => row.kind === 'session' && row.id === state.selected);
  if (first === -1) return Math.max(0, Math.min(state.listTop, rows.length - height));
  const from = rows[first - 1]?.kind === 'heading' ? first - 1 : first;
  const next = rows[first + 1];
  const last = next?.kind === 'detail' ? first + 1 : first;
  const lowest = Math.max(0, rows.length - height);
  const top = Math.min(state.listTop, lowest);
  if (from < top) return from;
  return last >= top + height ? last - height + 1 : top;
}

/** The session under a row of the list, counted from the list's first shown row. */
export function sessionAt(state: State, row: number): string | undefined {
  const at = listRows(state)[state.listTop + row - (isFiltering(state) ? 1 : 0)];
  return at && at.kind !== 'heading' ? at.id : undefined;
}

/** The height of the pane's place, for what scrolls in it. */
export function paneHeight(state: State): number {
  const { columns, rows } = state.size;
  const place = layout({
    columns,
    rows,
    zoom: false,
    bare: false,
    sheet: { kind: 'none' },
    message: 0,
    third: false,
  });
  return place?.pane.rows ?? 1;
}

/** On a narrower screen a list of two-line rows would be too short to be one. */
const TWO_LINES_FROM = 100;

function rowsOf(state: State, detailed: Detailed): readonly ListRow[] {
  return headed(state).flatMap(({ group, ids }): ListRow[] => [
    { kind: 'heading', text: GROUPS.find(each => each.group === group)?.heading ?? '', count: ids.length },
    ...ids.flatMap((id): ListRow[] => {
      const wanted = detailed === 'all' || id === state.selected || (detailed === 'needsYou' && group === 'needsYou');
      const view = state.sessions.get(id);
      const row = { kind: 'session', id, astray: view !== undefined && groupOf(view) !== group } as const;
      return wanted && view && (id === state.selected ? lineOf(view) : view.line)
        ? [row, { kind: 'detail', id }]
        : [row];
    }),
  ]);
}

/**
 * The sections under the headings that are true of them: one whose rows have all come to another group, as the one that is
 * alone in it and keeps its place, has the heading of that one, and is one with its neighbour of the same heading.
 */
function headed({ sections, sessions }: State): readonly Section[] {
  const kept: Section[] = [];
  for (const { group, ids } of sections) {
    const [first, ...others] = new Set(ids.flatMap(id => groupOf(sessions.get(id)) ?? []));
    const heading = first !== undefined && others.length === 0 ? first : group;
    const last = kept.at(-1);
    if (last?.group === heading) kept[kept.length - 1] = { group: heading, ids: [...last.ids, ...ids] };
    else kept.push({ group: heading, ids });
  }
  return kept;
}

function groupOf(view: SessionView | undefined): Group | undefined {
  return view && STATUSES[view.status].group;
}
