import { GROUPS } from '../../session/status.ts';
import { layout } from '../layout.ts';
import { lineOf } from './select.ts';
import type { State } from './state.ts';

/** A row of the list: a heading, or the first or the second line of a session. */
export type ListRow =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'session'; readonly id: string }
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
  return counted(state, rowsOf(state, 'selected'));
}

/** Whose rows have a second line. */
type Detailed = 'all' | 'needsYou' | 'selected';

/** Where not all of the list is in sight, the headings tell how much there is. */
function counted(state: State, rows: readonly ListRow[]): readonly ListRow[] {
  let section = 0;
  return rows.map(row => {
    if (row.kind !== 'heading') return row;
    const count = state.sections[section++]?.ids.length ?? 0;
    return { ...row, text: `${row.text} (${count})` };
  });
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
  return state.sections.flatMap(({ group, ids }) => [
    { kind: 'heading' as const, text: GROUPS.find(each => each.group === group)?.heading ?? '' },
    ...ids.flatMap((id): ListRow[] => {
      const wanted = detailed === 'all' || id === state.selected || (detailed === 'needsYou' && group === 'needsYou');
      const view = state.sessions.get(id);
      return wanted && view && (id === state.selected ? lineOf(view) : view.line)
        ? [
            { kind: 'session', id },
            { kind: 'detail', id },
          ]
        : [{ kind: 'session', id }];
    }),
  ]);
}
