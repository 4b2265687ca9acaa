import type { Store } from '../store/create-store.ts';
import type { CodeRow, DiffRow } from '../store/diff-view.ts';
import { paneHeight } from '../store/list-rows.ts';
import type { State } from '../store/state.ts';
import type { Line } from '../text/line.ts';

/** What `highlight.ts` does; it is loaded when the first diff is looked at. */
type Highlight = (path: string, text: string, plain: 'plain' | 'added') => Line | undefined;

/** Gives the rows of the diff that are in sight, and the page after them, the colours of their language. Returns what ends it. */
export function colorDiff(store: Store, load: () => Promise<Highlight> = loadHighlight): () => void {
  let highlight: Highlight | undefined;
  let loading = false;
  const look = () => {
    const state = store.get();
    if (state.tab !== 'diff' || state.diff?.state !== 'ready' || state.diff.rows.length === 0) return;
    if (highlight) paint(store, state, highlight);
    else if (!loading) {
      loading = true;
      load().then(
        loaded => {
          highlight = loaded;
          look();
        },
        // A diff in fewer colours is a diff.
        () => {},
      );
    }
  };
  return store.subscribe(look);
}

async function loadHighlight(): Promise<Highlight> {
  return (await import('./highlight.ts')).highlight;
}

function paint(store: Store, state: State, highlight: Highlight): void {
  const { diff } = state;
  if (!diff) return;
  const end = Math.min(diff.rows.length, diff.top + 2 * paneHeight(state));
  const lines = new Map<number, Line>();
  for (let at = diff.top; at < end; at++) {
    const row = diff.rows[at];
    if (!row || !isCode(row) || row.colored) continue;
    const path = diff.files.findLast(file => file.row <= at)?.path ?? '';
    const line = highlight(path, row.text, row.kind === 'added' ? 'added' : 'plain');
    if (line) lines.set(at, line);
  }
  if (lines.size > 0) store.dispatch({ type: 'diffColored', session: diff.session, mark: diff.mark, lines });
}

/** What is gone stays red as a whole. */
function isCode(row: DiffRow): row is CodeRow {
  return row.kind === 'context' || row.kind === 'added';
}
