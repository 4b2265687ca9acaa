import { THIRD_FROM } from '../layout.ts';
import type { DiffView } from '../store/diff-view.ts';
import { diffMark, selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { diffRows } from './diff-rows.ts';
import type { World } from './performer.ts';

/** Reads the selected session's diff whenever it is to be seen and what stands there has moved. Returns what ends it. */
export function keepDiff({ store, client }: Pick<World, 'store' | 'client'>): () => void {
  let asked = '';
  const look = () => {
    const wanted = wantedDiff(store.get());
    if (!wanted) return;
    const key = `${wanted.session} ${wanted.mark}`;
    if (key === asked) return;
    asked = key;
    const { session, mark } = wanted;
    const empty: DiffView = {
      session,
      mark,
      state: 'loading',
      trouble: undefined,
      files: [],
      rows: [],
      top: 0,
      truncated: false,
    };
    store.dispatch({ type: 'diffRead', diff: empty });
    client.request('session/diff', { session }).then(
      answer => {
        if (asked === key)
          store.dispatch({ type: 'diffRead', diff: { ...empty, ...diffRows(answer), state: 'ready' } });
      },
      (thrown: unknown) => {
        if (asked !== key) return;
        const trouble = thrown instanceof Error ? thrown.message : String(thrown);
        store.dispatch({ type: 'diffRead', diff: { ...empty, state: 'failed', trouble } });
      },
    );
  };
  return store.subscribe(look);
}

/** Only what is seen is read: the diff's tab, or the column of its files. */
function wantedDiff(state: State): { readonly session: string; readonly mark: string } | undefined {
  const view = selectedView(state);
  if (!view || view.refused.diff !== undefined) return undefined;
  const files = state.view !== 'zoom' && state.size.columns >= THIRD_FROM && (view.changes?.files ?? 0) > 0;
  return state.tab === 'diff' || files ? { session: view.session.id, mark: diffMark(view) } : undefined;
}
